namespace BertCompiler.Tokenization;

/// <summary>
/// GPT-2's pattern, by hand: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> (openai/gpt-2,
/// src/encoder.py). It matches everything, so each match is a piece.
/// </summary>
internal static class Gpt2Pattern
{
    private const CodePointSets Kinds = CodePointSets.Letter | CodePointSets.Number | CodePointSets.WhiteSpace;

    /// <summary>Adds the pieces of text[from … to−1].</summary>
    public static void Split(ReadOnlySpan<char> text, int from, int to, SplitList output)
    {
        text = text[..to];
        while (from < to)
        {
            int end = EndOf(text, from);
            output.Add(from, end);
            from = end;
        }
    }

    private static int EndOf(ReadOnlySpan<char> text, int at)
    {
        if (text[at] == '\'' && ContractionLength(text[at..]) is > 0 and int length) return at + length;
        int codePoint = UnicodeTables.CodePointAt(text, at);
        CodePointSets kind = KindOf(codePoint);
        if (kind != CodePointSets.WhiteSpace) return RunEnd(text, at, kind);

        // One space goes with the letters, digits or signs that follow it.
        if (text[at] == ' ' && at + 1 < text.Length)
        {
            CodePointSets next = KindOf(UnicodeTables.CodePointAt(text, at + 1));
            if (next != CodePointSets.WhiteSpace) return RunEnd(text, at + 1, next);
        }

        // Of white space that something follows, the last is left for it.
        int end = RunEnd(text, at, CodePointSets.WhiteSpace);
        return end < text.Length && end > at + 1 ? end - 1 : end;
    }

    private static CodePointSets KindOf(int codePoint) => UnicodeTables.SetsOf(codePoint) & Kinds;

    private static int RunEnd(ReadOnlySpan<char> text, int at, CodePointSets kind)
    {
        while (at < text.Length)
        {
            int codePoint = UnicodeTables.CodePointAt(text, at);
            if (KindOf(codePoint) != kind) break;
            at += UnicodeTables.UnitsOf(codePoint);
        }

        return at;
    }

    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 't' or 'm' or 'd', ..] => 2,
        ['\'', 'r' or 'v', 'e', ..] or ['\'', 'l', 'l', ..] => 3,
        _ => 0,
    };
}
