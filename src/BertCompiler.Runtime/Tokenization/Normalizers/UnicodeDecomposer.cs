namespace BertCompiler.Tokenization;

/// <summary>
/// The normal forms NFD and NFKD (UAX #15). The parts of a character have its place; where the order by combining class changes, places are
/// given out as in <see cref="ChangeWriter"/>.
/// </summary>
internal static class UnicodeDecomposer
{
    /// <summary>Marks the second and later parts of a decomposed character; above all code points.</summary>
    private const int LaterPart = 1 << 24;

    public static void Apply(NormalizedText text, bool compatible)
    {
        var scan = new UnicodeFormScan(text.Bytes, compatible, composed: false);
        var rewriter = new TextRewriter(text);
        while (scan.MoveNext())
        {
            Write(text, scan.Start, scan.End, compatible, rewriter.CopyTo(scan.Start));
            rewriter.SkipTo(scan.End);
        }

        rewriter.End();
    }

    private static void Write(NormalizedText text, int at, int end, bool compatible, NormalizedText output)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        MarkRun marks = text.Scratch.Marks;
        marks.Clear();
        for (int starter = at; at < end;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            if (UnicodeTables.IsHangulSyllable(codePoint))
            {
                Flush(marks, text, starter, output);
                int count = UnicodeTables.WriteHangul(codePoint, output.Room(UnicodeTables.MostHangulBytes));
                if (text.Tracks) output.PutSpanOf(text, at, count, 0);
                output.Advance(count);
                starter = at;
            }
            else
            {
                ReadOnlySpan<int> parts = PartsOf(compatible, ref codePoint);
                for (int p = 0; p < parts.Length; p++)
                {
                    byte combining = UnicodeTables.CombiningOf(parts[p]);
                    if (combining != 0)
                    {
                        marks.Add(p == 0 ? parts[p] : parts[p] | LaterPart, combining, text.StartOf(at), text.EndOf(at));
                        continue;
                    }

                    Flush(marks, text, starter, output);
                    output.AppendCodePoint(parts[p], text.StartOf(at), text.EndOf(at));
                    starter = at;
                }
            }

            at += length;
            if (at == end) Flush(marks, text, starter, output);
        }
    }

    private static ReadOnlySpan<int> PartsOf(bool compatible, ref int codePoint)
    {
        if (compatible && (UnicodeTables.SetsOf(codePoint) & CodePointSets.Compatible) != 0) return UnicodeTables.CompatibleDecomposition(codePoint);
        return (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Decomposes) != 0 ? UnicodeTables.Decomposition(codePoint) : new(ref codePoint);
    }

    /// <summary>
    /// Writes the marks in order. The first parts of characters take the places of the marks' characters in turn, a later part that of the one
    /// before it: at first, that of the starter, whose part it is.
    /// </summary>
    private static void Flush(MarkRun marks, NormalizedText text, int starter, NormalizedText output)
    {
        if (marks.Count == 0) return;
        bool inOrder = marks.IsInOrder;
        (int start, int end) = (text.StartOf(starter), text.EndOf(starter));
        int next = 0;
        foreach (int mark in marks.Ordered())
        {
            if (inOrder || (mark & LaterPart) == 0)
            {
                while (!inOrder && (marks.CodePointOf(next) & LaterPart) != 0) next++;
                (start, end) = (marks.StartOf(next), marks.EndOf(next));
                next++;
            }

            output.AppendCodePoint(mark & ~LaterPart, start, end);
        }

        marks.Clear();
    }
}
