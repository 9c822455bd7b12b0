namespace BertCompiler.Tokenization;

/// <summary>
/// GPT-2's pattern, by hand: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c> (openai/gpt-2,
/// src/encoder.py). It matches everything, so each match is a piece.
/// </summary>
internal static class Gpt2Pattern
{
    private const CodePointSets Kinds = CodePointSets.Letter | CodePointSets.Number | CodePointSets.WhiteSpace;
    private const byte Space = (byte)CodePointSets.WhiteSpace;

    /// <summary>What of <see cref="Kinds"/> each ASCII character is; 0: a sign.</summary>
    private static ReadOnlySpan<byte> AsciiKinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ];

    /// <summary>Adds the pieces of text[from … to−1].</summary>
    public static void Split(ReadOnlySpan<byte> text, int from, int to, SplitList output)
    {
        text = text[..to];
        while (from < to)
        {
            int end = EndOf(text, from);
            output.Add(from, end);
            from = end;
        }
    }

    private static int EndOf(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] == '\'' && ContractionLength(text[at..]) is > 0 and int contraction) return at + contraction;
        byte kind = KindAt(text, at, out int length);
        if (kind != Space) return RunEnd(text, at + length, kind);

        // One space goes with the letters, digits or signs that follow it.
        int next = at + length;
        if (next == text.Length) return next;
        byte nextKind = KindAt(text, next, out int nextLength);
        if (nextKind != Space) return text[at] == ' ' ? RunEnd(text, next + nextLength, nextKind) : next;

        // Of white space that something follows, the last is left for it.
        int end = RunEnd(text, next + nextLength, Space);
        if (end == text.Length) return end;
        Utf8Text.CodePointBefore(text, end, out int last);
        return end - last;
    }

    private static byte KindAt(ReadOnlySpan<byte> text, int at, out int length)
    {
        byte first = text[at];
        length = 1;
        return first < Utf8Text.FirstNonAscii ? AsciiKinds[first] : (byte)(UnicodeTables.SetsOf(Utf8Text.CodePointAt(text, at, out length)) & Kinds);
    }

    private static int RunEnd(ReadOnlySpan<byte> text, int at, byte kind)
    {
        while (at < text.Length && KindAt(text, at, out int length) == kind) at += length;
        return at;
    }

    private static int ContractionLength(ReadOnlySpan<byte> text) => text switch
    {
        [_, (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d', ..] => 2,
        [_, (byte)'r' or (byte)'v', (byte)'e', ..] or [_, (byte)'l', (byte)'l', ..] => 3,
        _ => 0,
    };
}
