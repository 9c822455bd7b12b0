using System.Globalization;

namespace BertCompiler.Tokenization;

/// <summary>
/// What Replace and Split look for: a text, or alternatives of the shape of <see cref="PatternAlternative"/>. Time is linear in the text:
/// the least count that an alternative asks for is small.
/// </summary>
internal sealed class TextPattern
{
    /// <summary>The greatest <see cref="PatternAlternative.Least"/>.</summary>
    public const int MostLeast = 64;

    private readonly TokenizerSectionView _section;
    private readonly StepRecord _step;
    private readonly string? _text;

    public TextPattern(TokenizerSectionView section, StepRecord step)
    {
        (_section, _step) = (section, step);
        if (step.PatternCount == 0)
        {
            _text = section.StepText(step.TextStart, step.TextLength).ToString();
            if (_text.Length == 0) TokenizerSectionView.Fail("a step looks for an empty text");
        }

        foreach (PatternAlternative alternative in section.Pattern(step))
        {
            if (alternative.Least is < 1 or > MostLeast || alternative.Most < alternative.Least) TokenizerSectionView.Fail("a pattern counts wrongly");
            section.StepText(alternative.TextStart, alternative.TextLength);
        }
    }

    /// <summary>Finds the first match in text[from … to−1].</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, int to, out TextSpan match)
    {
        match = default;
        if (_text is not null)
        {
            int at = text[from..to].IndexOf(_text, StringComparison.Ordinal);
            if (at < 0) return false;
            match = new(from + at, from + at + _text.Length);
            return true;
        }

        while (from < to)
        {
            foreach (PatternAlternative alternative in _section.Pattern(_step))
            {
                int end = EndOf(alternative, text[..to], from);
                if (end <= from) continue;
                match = new(from, end);
                return true;
            }

            from += UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(text, from));
        }

        return false;
    }

    private int EndOf(PatternAlternative alternative, ReadOnlySpan<char> text, int at)
    {
        int count = 0;
        while (at < text.Length && count < alternative.Most)
        {
            int codePoint = UnicodeTables.CodePointAt(text, at);
            if (!Contains(alternative, codePoint)) break;
            at += UnicodeTables.UnitsOf(codePoint);
            count++;
        }

        return count >= alternative.Least ? at : -1;
    }

    private bool Contains(PatternAlternative alternative, int codePoint)
    {
        bool inside = (UnicodeTables.SetsOf(codePoint) & alternative.Sets) != 0
            || ((alternative.Sets & CodePointSets.Symbol) != 0 && IsSymbol(codePoint))
            || (codePoint < 0x10000 && _section.StepText(alternative.TextStart, alternative.TextLength).Contains((char)codePoint));
        return inside != (alternative.Negated != 0);
    }

    private static bool IsSymbol(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
        is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;
}
