namespace BertCompiler.Tokenization;

/// <summary>
/// Decomposes canonically (UAX #15, NFD), then drops nonspacing marks (Hugging Face tokenizers, normalizers/bert.rs, do_strip_accents).
/// Marks are put in canonical order first, and their spans stay where they were: see <see cref="MarkRun"/>.
/// </summary>
internal static class AccentNormalizer
{
    private const CodePointFlags Changes = CodePointFlags.Decomposes | CodePointFlags.Hangul | CodePointFlags.Accent;

    /// <summary>The first byte of U+0300; no code point before it is a mark.</summary>
    private const byte FirstMarkLead = 0xCC;

    /// <summary>The first bytes of marks, and of what decomposes.</summary>
    private static readonly StopBytes Stops = new(0x0009_BC0F_FBCF_F1F8);

    public static void Apply(NormalizedText text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var rewriter = new TextRewriter(text);
        for (int at = Stops.Next(bytes, 0); at < bytes.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            int end = at + length;
            int @class = UnicodeTables.ClassOf(codePoint);
            CodePointFlags flags = UnicodeTables.FlagsOfClass(@class) & Changes;
            if ((flags & CodePointFlags.Hangul) != 0) WriteHangul(codePoint, rewriter.Replace(at, end), text.StartOf(at), text.EndOf(at));
            else if (flags == CodePointFlags.Decomposes && (end == bytes.Length || bytes[end] < FirstMarkLead) && BaseOf(codePoint) is > 0 and int letter)
            {
                rewriter.Replace(at, end).AppendCodePoint(letter, text.StartOf(at), text.EndOf(at));
            }
            else if (flags != 0 || UnicodeTables.CombiningOfClass(@class) != 0)
            {
                NormalizedText output = rewriter.CopyTo(at);
                end = RewriteRun(text, at, output);
                rewriter.SkipTo(end);
            }

            at = Stops.Next(bytes, end);
        }

        rewriter.End();
    }

    /// <summary>What is left of a code point whose decomposition is a letter and accents; 0 where it is not.</summary>
    private static int BaseOf(int codePoint)
    {
        ReadOnlySpan<int> parts = UnicodeTables.Decomposition(codePoint);
        if (IsChanged(parts[0])) return 0;
        foreach (int part in parts[1..])
        {
            if ((UnicodeTables.FlagsOf(part) & CodePointFlags.Accent) == 0) return 0;
        }

        return parts[0];
    }

    private static bool IsChanged(int codePoint)
    {
        int @class = UnicodeTables.ClassOf(codePoint);
        return (UnicodeTables.FlagsOfClass(@class) & Changes) != 0 || UnicodeTables.CombiningOfClass(@class) != 0;
    }

    private static void WriteHangul(int codePoint, NormalizedText output, int start, int end)
    {
        Span<int> parts = stackalloc int[3];
        Span<byte> bytes = stackalloc byte[3 * Utf8Bytes.Most];
        int count = 0;
        foreach (int part in parts[..UnicodeTables.DecomposeHangul(codePoint, parts)]) count += Utf8Bytes.Write(part, bytes[count..]);
        output.AppendBytes(bytes[..count], start, end);
    }

    /// <summary>Writes the code points that change, up to the next one that does not: that is no mark. Returns where it begins.</summary>
    private static int RewriteRun(NormalizedText text, int at, NormalizedText output)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        MarkRun marks = text.Scratch.Marks;
        marks.Clear();
        for (int codePoint = Utf8Text.CodePointAt(bytes, at, out int length); IsChanged(codePoint);)
        {
            (int start, int end) = (text.StartOf(at), text.EndOf(at));
            at += length;
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
            if ((flags & CodePointFlags.Hangul) != 0)
            {
                Flush(marks, output);
                WriteHangul(codePoint, output, start, end);
            }
            else if ((flags & CodePointFlags.Decomposes) == 0) Take(codePoint, start, end, output, marks);
            else
            {
                foreach (int part in UnicodeTables.Decomposition(codePoint)) Take(part, start, end, output, marks);
            }

            if (at >= bytes.Length || bytes[at] < Utf8Text.FirstNonAscii) break;
            codePoint = Utf8Text.CodePointAt(bytes, at, out length);
        }

        Flush(marks, output);
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
