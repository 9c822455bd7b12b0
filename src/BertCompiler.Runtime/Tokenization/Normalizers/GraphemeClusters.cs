namespace BertCompiler.Tokenization;

/// <summary>
/// Extended grapheme clusters (UAX #29), as far as they can change what <see cref="PrecompiledNormalizer"/> gives: its rules GB3 to GB5,
/// GB9, GB9a and GB9b.
/// </summary>
internal static class GraphemeClusters
{
    /// <summary>One bit for each first byte C0 to FF of longer code points: set where one of them joins the one before or behind it.</summary>
    internal const ulong JoiningLeads = 0x0009_840F_FBC4_3000;

    private const int FirstLead = 0xC0;

    /// <summary>Whether a code point that begins with this byte may join the one before or behind it.</summary>
    public static bool IsJoiningLead(byte value) => value >= FirstLead && (JoiningLeads >> (value - FirstLead) & 1) != 0;

    /// <summary>End of the cluster that begins at <paramref name="start"/>.</summary>
    public static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        int codePoint = Utf8Text.CodePointAt(text, start, out int length);
        int at = start + length;
        if (codePoint == '\r') return at < text.Length && text[at] == '\n' ? at + 1 : at;
        CodePointSets sets = UnicodeTables.SetsOf(codePoint);
        while (at < text.Length && (sets & CodePointSets.BreaksCluster) == 0)
        {
            CodePointSets next = UnicodeTables.SetsOf(Utf8Text.CodePointAt(text, at, out length));
            bool joined = (next & CodePointSets.BreaksCluster) == 0 && ((next & CodePointSets.JoinsPrevious) != 0 || (sets & CodePointSets.JoinsNext) != 0);
            if (!joined) break;
            at += length;
            sets = next;
        }

        return at;
    }
}
