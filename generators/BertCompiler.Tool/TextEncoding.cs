using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace BertCompiler.Tool;

/// <summary>
/// What every reader of a text asks about its bytes, so that all treat them alike: a byte order mark of UTF-8 is no text, and what is not UTF-8
/// is refused with its place.
/// </summary>
internal static class TextEncoding
{
    private const int Utf32MarkLength = 4;

    /// <summary>Bytes of the byte order mark that a text begins with; 0: it has none.</summary>
    public static int MarkLength(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    /// <summary>The encoding of a text that is not UTF-8, as far as its first bytes show it; null: it may be UTF-8.</summary>
    /// <remarks>By the byte order mark; without one by the zeros that ASCII has in UTF-16 (as RFC 4627, section 3, does for JSON).</remarks>
    public static string? Other(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Encoding.UTF32.Preamble) || text.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF])) return "UTF-32";
        if (text.StartsWith(Encoding.Unicode.Preamble) || text.StartsWith(Encoding.BigEndianUnicode.Preamble)) return "UTF-16";
        if (text.Length < Utf32MarkLength) return null;
        bool little = text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0;
        bool big = text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0;
        return little || big ? "UTF-16" : null;
    }

    /// <summary>The first byte that is not UTF-8; −1: all are.</summary>
    public static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) return -1;
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == OperationStatus.Done) at += length;
        return at;
    }

    /// <summary>Why the whole of a file is not UTF-8, for a message behind its name; null: it is.</summary>
    /// <param name="text">The file, its byte order mark included.</param>
    /// <param name="at">The byte where it shows.</param>
    public static string? FaultOf(ReadOnlySpan<byte> text, out int at)
    {
        at = 0;
        if (Other(text) is { } other) return $"is not valid UTF-8: it is {other}";
        at = FirstInvalid(text);
        return at < 0 ? null : $"is not valid UTF-8: byte {at} is 0x{text[at]:X2}";
    }
}
