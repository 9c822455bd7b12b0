namespace BertCompiler.Tokenization;

/// <summary>
/// Decomposes canonically (UAX #15, NFD), then drops nonspacing marks (Hugging Face tokenizers, normalizers/bert.rs, do_strip_accents).
/// Marks are put in canonical order first, and their spans stay where they were: see <see cref="MarkRun"/>.
/// </summary>
internal static class AccentNormalizer
{
    private const CodePointFlags Changes = CodePointFlags.Decomposes | CodePointFlags.Hangul | CodePointFlags.Accent;

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        for (int at = Utf8Text.NextNonAscii(bytes, 0); at < bytes.Length;)
        {
            int end = at;
            while (end < bytes.Length && bytes[end] >= Utf8Text.FirstNonAscii)
            {
                int codePoint = Utf8Text.CodePointAt(bytes, end, out int length);
                if (IsChanged(codePoint)) end = RewriteRun(text, end, ref rewriter);
                else end += length;
            }

            at = Utf8Text.NextNonAscii(bytes, end);
        }

        rewriter.End();
    }

    private static bool IsChanged(int codePoint)
    {
        int @class = UnicodeTables.ClassOf(codePoint);
        return (UnicodeTables.FlagsOfClass(@class) & Changes) != 0 || UnicodeTables.CombiningOfClass(@class) != 0;
    }

    /// <summary>Writes the code points that change, up to the next one that does not: that is no mark. Returns where it begins.</summary>
    private static int RewriteRun(NormalizedText text, int at, ref TextRewriter rewriter)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        NormalizedText output = rewriter.CopyTo(at);
        int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
        MarkRun marks = text.Scratch.Marks;
        marks.Clear();
        Span<int> hangul = stackalloc int[3];
        do
        {
            (int start, int end) = (text.StartOf(at), text.EndOf(at));
            at += length;
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
            if ((flags & CodePointFlags.Decomposes) != 0)
            {
                foreach (int part in UnicodeTables.Decomposition(codePoint)) Take(part, start, end, output, marks);
            }
            else if ((flags & CodePointFlags.Hangul) != 0)
            {
                Flush(marks, output);
                foreach (int part in hangul[..UnicodeTables.DecomposeHangul(codePoint, hangul)]) output.AppendCodePoint(part, start, end);
            }
            else
            {
                Take(codePoint, start, end, output, marks);
            }

            if (at >= bytes.Length || bytes[at] < Utf8Text.FirstNonAscii) break;
            codePoint = Utf8Text.CodePointAt(bytes, at, out length);
        }
        while (IsChanged(codePoint));
        Flush(marks, output);
        rewriter.SkipTo(at);
        return at;
    }

    private static void Take(int part, int start, int end, NormalizedText output, MarkRun marks)
    {
        int @class = UnicodeTables.ClassOf(part);
        byte combining = UnicodeTables.CombiningOfClass(@class);
        if (combining != 0)
        {
            marks.Add(part, combining, start, end);
            return;
        }

        Flush(marks, output);
        if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.Accent) == 0) output.AppendCodePoint(part, start, end);
    }

    private static void Flush(MarkRun marks, NormalizedText output)
    {
        if (marks.Count == 0) return;
        ReadOnlySpan<int> ordered = marks.Ordered();
        for (int i = 0; i < ordered.Length; i++)
        {
            bool accent = (UnicodeTables.FlagsOf(ordered[i]) & CodePointFlags.Accent) != 0;
            if (!accent) output.AppendCodePoint(ordered[i], marks.StartOf(i), marks.EndOf(i));
        }

        marks.Clear();
    }
}
