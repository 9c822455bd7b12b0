using System.Text.Json;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>One line of <c>texts.jsonl</c>: a text and the ids that it must have.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ids">Its ids, special tokens included, cut to the model's length.</param>
internal sealed record GoldenText(string Text, int[] Ids)
{
    /// <summary>Reads the lines of a file.</summary>
    /// <exception cref="InvalidDataException">A line is no object with <c>text</c> and <c>ids</c>.</exception>
    public static IReadOnlyList<GoldenText> Read(string path)
    {
        var texts = new List<GoldenText>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement root = document.RootElement;
                texts.Add(new GoldenText(root.GetProperty("text").GetString()!, [.. root.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())]));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{path}({texts.Count + 1}): expected an object with 'text' and 'ids': {e.Message}", e);
            }
        }

        return texts;
    }
}
