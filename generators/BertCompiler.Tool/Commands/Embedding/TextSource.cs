using System.Text;
using System.Text.Json;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>Texts of a file or the standard input, read as they are needed.</summary>
internal static class TextSource
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>One text a line, without its line end.</summary>
    public static IEnumerable<string> Lines(string file) => Read(file).Select((line, i) => Decode(line, file, i + 1));

    /// <summary>The field <c>text</c> of each JSON line; blank lines are passed over.</summary>
    /// <exception cref="CommandException">A line is no object with a string <c>text</c>.</exception>
    public static IEnumerable<string> JsonLines(string file)
    {
        int number = 0;
        foreach (byte[] line in Read(file))
        {
            number++;
            if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
            yield return TextOf(line, file, number);
        }
    }

    private static IEnumerable<byte[]> Read(string file)
    {
        using Stream stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        foreach (byte[] line in ByteLines.Read(stream)) yield return line;
    }

    private static string Decode(byte[] line, string file, int number)
    {
        try
        {
            ReadOnlySpan<byte> bytes = number == 1 && line.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? line.AsSpan(3) : line;
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException($"{file}({number}): expected UTF-8");
        }
    }

    private static string TextOf(byte[] line, string file, int number)
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
            throw new CommandException($"{file}({number}): expected a JSON object with a string 'text': {e.Message}");
        }

        throw new CommandException($"{file}({number}): expected a JSON object with a string 'text'");
    }
}
