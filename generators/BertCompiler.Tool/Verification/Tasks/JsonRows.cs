using System.Text.Json;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Reads files of reference results.</summary>
internal static class JsonRows
{
    /// <summary>The lines of a file that are not empty, each a JSON value.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON.</exception>
    public static IEnumerable<JsonElement> Read(string path)
    {
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (text.Length > 0) yield return Parse(text, $"{path}({line})");
        }
    }

    /// <summary>A file that is one JSON value.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonElement ReadFile(string path) => Parse(File.ReadAllText(path), path);

    private static JsonElement Parse(string text, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{place}: {e.Message}", e);
        }
    }
}
