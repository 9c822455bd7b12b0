namespace BertCompiler.Tokenization;

/// <summary>
/// Finds the parts of a text that may not be in a normal form. A part ends before a code point that is settled: one that stays as it is,
/// is no mark and composes with nothing before it. So nothing reaches over its ends.
/// </summary>
internal ref struct UnicodeFormScan(ReadOnlySpan<byte> text, bool compatible, bool composed)
{
    /// <summary>Up to here, all that decomposes canonically composes again, and there is no mark.</summary>
    private const int FirstMark = 0x300;

    // Latin Extended Additional: the same.
    private const int AdditionalLatin = 0x1E00;
    private const int AfterAdditionalLatin = 0x1F00;

    // The first bytes of code points that are not settled.
    private static readonly StopBytes Canonical = new(0x0001_BC0F_BBCF_F1F8);
    private static readonly StopBytes Compatible = new(0x0001_BC0F_BBCF_FDFC);
    private static readonly StopBytes CanonicalComposed = new(0x0009_840F_FBC4_7000);
    private static readonly StopBytes CompatibleComposed = new(0x0009_840F_FBC4_FCB4);

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly StopBytes _stops = composed ? compatible ? CompatibleComposed : CanonicalComposed : compatible ? Compatible : Canonical;

    /// <summary>First byte of the part.</summary>
    public int Start { get; private set; }

    /// <summary>One behind the last byte.</summary>
    public int End { get; private set; }

    /// <summary>Finds the next part; false where there is none.</summary>
    public bool MoveNext()
    {
        for (int at = _stops.Next(_text, End); at < _text.Length;)
        {
            int next = at + LengthAt(at, out bool isSettled);
            if (!isSettled)
            {
                // The code point before belongs to the part where marks compose with it.
                Start = composed && at > End ? at - LengthBefore(at) : at;
                while (next < _text.Length && _text[next] >= Utf8Text.FirstNonAscii && LengthAt(next, out isSettled) is int length && !isSettled) next += length;
                End = next;
                return true;
            }

            at = _stops.Next(_text, next);
        }

        return false;
    }

    private readonly int LengthAt(int at, out bool isSettled)
    {
        isSettled = IsSettled(Utf8Text.CodePointAt(_text, at, out int length));
        return length;
    }

    private readonly int LengthBefore(int at)
    {
        Utf8Text.CodePointBefore(_text, at, out int length);
        return length;
    }

    private readonly bool IsSettled(int codePoint)
    {
        CodePointSets sets = compatible || composed ? UnicodeTables.SetsOf(codePoint) : CodePointSets.None;
        if (compatible && (sets & CodePointSets.Compatible) != 0) return false;
        if (composed && codePoint is < FirstMark or (>= AdditionalLatin and < AfterAdditionalLatin)) return true;
        int @class = UnicodeTables.ClassOf(codePoint);
        CodePointFlags flags = UnicodeTables.FlagsOfClass(@class);
        if (UnicodeTables.CombiningOfClass(@class) != 0) return false;
        if (!composed) return (flags & (CodePointFlags.Decomposes | CodePointFlags.Hangul)) == 0;

        // What composes with a character before it and is no mark by class is a mark by category, or a vowel or final of Hangul.
        if ((sets & CodePointSets.Mark) != 0 || UnicodeTables.IsHangulPart(codePoint)) return false;
        return (flags & CodePointFlags.Decomposes) == 0 || ComposesAgain(codePoint);
    }

    private static bool ComposesAgain(int codePoint)
    {
        ReadOnlySpan<int> parts = UnicodeTables.Decomposition(codePoint);
        int composed = parts[0];
        for (int i = 1; i < parts.Length && composed >= 0; i++) composed = UnicodeTables.Compose(composed, parts[i]);
        return composed == codePoint;
    }
}
