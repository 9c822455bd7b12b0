using System.Globalization;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>A <see cref="PatternAlternative"/> with its ASCII characters as a set of bits.</summary>
internal readonly struct PatternItem
{
    private const int AsciiCount = 128;
    private const int WordBits = 64;
    private const int FirstSupplementary = 0x10000;

    private readonly PatternAlternative _alternative;
    private readonly ulong _low;
    private readonly ulong _high;

    public PatternItem(PatternAlternative alternative)
    {
        _alternative = alternative;
        for (int c = 0; c < AsciiCount; c++)
        {
            ulong bit = Contains(c) ? 1UL << (c % WordBits) : 0;
            if (c < WordBits) _low |= bit;
            else _high |= bit;
        }

        IsAscii = !alternative.Negated && alternative.Sets == CodePointSets.None && Ascii.IsValid(alternative.Characters);
    }

    /// <summary>Whether nothing but ASCII can match.</summary>
    public bool IsAscii { get; }

    /// <summary>The one character that can match, if it is one of ASCII; otherwise −1.</summary>
    public int OnlyAscii => IsAscii && _alternative.Characters.Length == 1 ? _alternative.Characters[0] : -1;

    public bool ContainsAscii(int character) => ((character < WordBits ? _low : _high) >> (character % WordBits) & 1) != 0;

    /// <summary>End of the match at <paramref name="at"/>, or −1.</summary>
    public int EndOf(ReadOnlySpan<byte> text, int at)
    {
        int count = 0;
        while (at < text.Length && count < _alternative.Most)
        {
            int codePoint = Utf8Text.CodePointAt(text, at, out int length);
            if (codePoint < AsciiCount ? !ContainsAscii(codePoint) : !Contains(codePoint)) break;
            at += length;
            count++;
        }

        return count >= _alternative.Least ? at : -1;
    }

    private static bool IsSymbol(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
        is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;

    private bool Contains(int codePoint)
    {
        bool inside = (UnicodeTables.SetsOf(codePoint) & _alternative.Sets) != 0
            || ((_alternative.Sets & CodePointSets.Symbol) != 0 && IsSymbol(codePoint))
            || (codePoint < FirstSupplementary && _alternative.Characters.Contains((char)codePoint));
        return inside != _alternative.Negated;
    }
}
