using System.Text;
using System.Text.Unicode;

namespace BertCompiler.Tokenization;

/// <summary>Text of bytes; of bytes that are no UTF-8, each longest beginning of a character counts as one U+FFFD, as in .NET's own decoder.</summary>
internal readonly struct Utf8Units : ITextUnits<byte>
{
    /// <inheritdoc/>
    public static int CodePointAt(ReadOnlySpan<byte> text, int index, out int length)
    {
        if (text[index] < 0x80)
        {
            length = 1;
            return text[index];
        }

        Rune.DecodeFromUtf8(text[index..], out Rune rune, out length);
        return rune.Value;
    }

    /// <inheritdoc/>
    public static int CodePointBefore(ReadOnlySpan<byte> text, int end, out int length)
    {
        Rune.DecodeLastFromUtf8(text[..end], out Rune rune, out length);
        return rune.Value;
    }

    /// <inheritdoc/>
    public static char InTrie(byte unit) => (char)unit;

    /// <inheritdoc/>
    public static byte FromTrie(char character) => (byte)character;

    /// <inheritdoc/>
    public static byte Ascii(char character) => (byte)character;

    /// <inheritdoc/>
    public static bool IsAsciiLetterOrDigit(byte unit) => char.IsAsciiLetterOrDigit((char)unit);

    /// <inheritdoc/>
    public static ReadOnlySpan<TrieNode> RawTrie(TokenizerTables tables) => tables.RawTrieUtf8;

    /// <inheritdoc/>
    public static string ToText(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    /// <inheritdoc/>
    public static void AppendTo(NormalizedText output, ReadOnlySpan<byte> text, int from, int to)
    {
        ReadOnlySpan<byte> part = text[from..to];
        bool valid = Utf8.IsValid(part);
        if (valid && !output.Tracks)
        {
            output.AppendBytes(part, 0, 0);
            return;
        }

        if (Ascii(part))
        {
            int before = output.Length;
            output.AppendBytes(part, 0, 0);
            output.SetSpansOneByOne(before, output.Length, from);
            return;
        }

        for (int i = 0; i < part.Length;)
        {
            int codePoint = CodePointAt(part, i, out int length);
            output.AppendCodePoint(codePoint, from + i, from + i + length);
            i += length;
        }
    }

    private static bool Ascii(ReadOnlySpan<byte> text) => System.Text.Ascii.IsValid(text);
}
