namespace BertCompiler.Tokenization;

/// <summary>The normal forms NFD and NFKD (UAX #15); which place each part then has, <see cref="DecomposedRun"/> says.</summary>
internal static class UnicodeDecomposer
{
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
        var run = new DecomposedRun(text, at, output, dropsAccents: false);
        while (at < end)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            if (UnicodeTables.IsHangulSyllable(codePoint))
            {
                run.Flush();
                int count = UnicodeTables.WriteHangul(codePoint, output.Room(UnicodeTables.MostHangulBytes));
                if (text.Tracks) output.PutSpanOf(text, at, count, 0);
                output.Advance(count);
                run.GoOnAt(at + length);
            }
            else if (compatible && (UnicodeTables.SetsOf(codePoint) & CodePointSets.Compatible) != 0) run.Take(UnicodeTables.CompatibleDecomposition(codePoint));
            else if ((UnicodeTables.FlagsOf(codePoint) & CodePointFlags.Decomposes) != 0) run.Take(UnicodeTables.Decomposition(codePoint));
            else run.Take(codePoint, isFirst: true);
            at += length;
        }

        run.Flush();
    }
}
