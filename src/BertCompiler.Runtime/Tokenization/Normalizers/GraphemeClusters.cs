namespace BertCompiler.Tokenization;

/// <summary>
/// Extended grapheme clusters (UAX #29), as far as they can change what <see cref="PrecompiledNormalizer"/> gives: its rules GB3 to GB5,
/// GB9, GB9a and GB9b.
/// </summary>
internal static class GraphemeClusters
{
    /// <summary>End of the cluster that begins at <paramref name="start"/>.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        int codePoint = UnicodeTables.CodePointAt(text, start);
        int at = start + UnicodeTables.UnitsOf(codePoint);
        if (codePoint == '\r') return at < text.Length && text[at] == '\n' ? at + 1 : at;
        CodePointSets sets = UnicodeTables.SetsOf(codePoint);
        while (at < text.Length && (sets & CodePointSets.BreaksCluster) == 0)
        {
            codePoint = UnicodeTables.CodePointAt(text, at);
            CodePointSets next = UnicodeTables.SetsOf(codePoint);
            bool joined = (next & CodePointSets.BreaksCluster) == 0 && ((next & CodePointSets.JoinsPrevious) != 0 || (sets & CodePointSets.JoinsNext) != 0);
            if (!joined) break;
            at += UnicodeTables.UnitsOf(codePoint);
            sets = next;
        }

        return at;
    }
}
