using System.Text.Unicode;

namespace BertCompiler.Tokenization;

/// <summary>Text of a C# string or span of char.</summary>
internal readonly struct Utf16Units : ITextUnits<char>
{
    /// <summary>The most bytes that one unit becomes.</summary>
    private const int MostBytes = 3;

    /// <inheritdoc/>
    public static int CodePointAt(ReadOnlySpan<char> text, int index, out int length)
    {
        int codePoint = UnicodeTables.CodePointAt(text, index);
        length = UnicodeTables.UnitsOf(codePoint);
        return codePoint;
    }

    /// <inheritdoc/>
    public static int CodePointBefore(ReadOnlySpan<char> text, int end, out int length)
    {
        int codePoint = UnicodeTables.CodePointBefore(text, end);
        length = UnicodeTables.UnitsOf(codePoint);
        return codePoint;
    }

    /// <inheritdoc/>
    public static char InTrie(char unit) => unit;

    /// <inheritdoc/>
    public static char FromTrie(char character) => character;

    /// <inheritdoc/>
    public static char Ascii(char character) => character;

    /// <inheritdoc/>
    public static bool IsAsciiLetterOrDigit(char unit) => char.IsAsciiLetterOrDigit(unit);

    /// <inheritdoc/>
    public static ReadOnlySpan<TrieNode> RawTrie(TokenizerTables tables) => tables.RawTrie;

    /// <inheritdoc/>
    public static string ToText(ReadOnlySpan<char> text) => text.ToString();

    /// <inheritdoc/>
    public static void AppendTo(NormalizedText output, ReadOnlySpan<char> text, int from, int to)
    {
        ReadOnlySpan<char> part = text[from..to];
        int before = output.Length;
        Utf8.FromUtf16(part, output.Room(checked(part.Length * MostBytes)), out _, out int written);
        output.Advance(written);
        if (!output.Tracks) return;
        if (written == part.Length)
        {
            output.SetSpansOneByOne(before, before + written, from);
            return;
        }

        int at = before;
        for (int i = 0; i < part.Length;)
        {
            int codePoint = CodePointAt(part, i, out int units);
            int bytes = Utf8Bytes.CountOf(codePoint);
            output.SetSpan(at, at + bytes, from + i, from + i + units);
            at += bytes;
            i += units;
        }
    }
}
