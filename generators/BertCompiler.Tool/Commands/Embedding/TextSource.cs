using System.Text;
using System.Text.Json;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>Texts of a file or the standard input, in UTF-8, read as they are needed.</summary>
internal static class TextSource
{
    /// <summary>One text a line, without its line end.</summary>
    /// <exception cref="CommandException">Not UTF-8.</exception>
    public static IEnumerable<string> Lines(string file) => Read(file).Select(Encoding.UTF8.GetString);

    /// <summary>The field <c>text</c> of each JSON line; blank lines are passed over.</summary>
    /// <exception cref="CommandException">Not UTF-8, or a line is no object with a string <c>text</c>.</exception>
    public static IEnumerable<string> JsonLines(string file)
    {
        int number = 0;
        foreach (byte[] line in Read(file))
        {
            number++;
            if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
            yield return TextOf(line, TextBytes.NameOf(file), number);
        }
    }

    /// <summary>The whole of a file as one text.</summary>
    /// <exception cref="CommandException">Not UTF-8.</exception>
    public static string Whole(string file)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = TextBytes.Open(file)) stream.CopyTo(bytes);
        ReadOnlySpan<byte> text = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        text = text[TextBytes.MarkLength(text, TextBytes.NameOf(file))..];
        TextBytes.RequireUtf8(text, TextBytes.NameOf(file), line: 1);
        return Encoding.UTF8.GetString(text);
    }

    private static IEnumerable<byte[]> Read(string file)
    {
        using Stream stream = TextBytes.Open(file);
        int number = 0;
        foreach (byte[] line in ByteLines.Read(stream, TextBytes.NameOf(file)))
        {
            TextBytes.RequireUtf8(line, TextBytes.NameOf(file), ++number);
            yield return line;
        }
    }

    private static string TextOf(byte[] line, string name, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String)
            {
                return text.GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CommandException($"{name}({number}): expected a JSON object with a string 'text': {e.Message}");
        }

        throw new CommandException($"{name}({number}): expected a JSON object with a string 'text'");
    }
}
