namespace BertCompiler.Tokenization;

/// <summary>
/// Decomposes canonically (UAX #15, NFD), then drops nonspacing marks (Hugging Face tokenizers, normalizers/bert.rs, do_strip_accents).
/// Marks are put in canonical order first; which place each part then has, <see cref="DecomposedRun"/> says.
/// </summary>
internal static class AccentNormalizer
{
    private const CodePointFlags Changes = CodePointFlags.Decomposes | CodePointFlags.Hangul | CodePointFlags.Accent;

    /// <summary>The first byte of U+0300; no code point before it is a mark.</summary>
    private const byte FirstMarkLead = 0xCC;

    private const int FirstLatin = 0xC0;
    private const byte NoBase = (byte)'.';

    /// <summary>The first bytes of marks, and of what decomposes.</summary>
    private static readonly StopBytes Stops = new(0x0009_BC0F_FBCF_F1F8, [], TwoBytes);

    /// <summary>Those below U+0800, as <see cref="StopBytes"/> wants them.</summary>
    private static ReadOnlySpan<ulong> TwoBytes =>
    [
        0, 0, 0, 0xBE7E_FFBF_3E7E_FFBF,
        0x7EF1_FF3F_FFFC_FFFF, 0x7FFF_FF3F_FFF3_F1F8, 0x0001_8003_0000_0000, 0xFF31_FFCF_DFFF_E000,
        0x000F_FFC0_CFFF_FFFF, 0, 0, 0,
        0xFFFF_FFFF_FFFF_FFFF, 0x4010_FFFF_FFFF_FFFF, 0x0001_FC00_0001_D7E0, 0x0000_0000_0018_7C00,
        0x0200_0000_0200_708B, 0x00C0_0000_708B_0000, 0x0000_0000_0000_00F8, 0x033F_FCFC_FCCF_0006,
        0, 0, 0xBFFF_FFFF_FFFE_0000, 0x0000_0000_0000_00B6,
        0x0000_007C_07FF_0000, 0x0001_0000_FFFF_F800, 0, 0x0000_3D9F_9FC8_0005,
        0xFFFF_0000_0002_0000, 0x0000_0000_0000_07FF, 0x0001_FFC0_0000_0000, 0x000F_F800_0000_0000,
    ];

    /// <summary>What is left of U+00C0 to U+017F, where they are a letter with an accent.</summary>
    private static ReadOnlySpan<byte> LatinBases =>
        "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..aaaaaa.ceeeeiiii.nooooo..uuuuy.yAaAaAaCcCcCcCcDd..EeEeEeEeEeGgGg"u8 +
        "GgGgHh..IiIiIiIiI...JjKk.LlLlLl....NnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz."u8;

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
            if ((flags & CodePointFlags.Hangul) != 0)
            {
                end = WriteHangul(text, at, rewriter.CopyTo(at));
                rewriter.SkipTo(end);
            }
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
        int latin = codePoint - FirstLatin;
        if ((uint)latin < (uint)LatinBases.Length && LatinBases[latin] != NoBase) return LatinBases[latin];
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

    /// <summary>Writes the parts of Hangul syllables, as many as follow each other. Returns where they end.</summary>
    private static int WriteHangul(NormalizedText text, int at, NormalizedText output)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        while (at < bytes.Length)
        {
            int codePoint = Utf8Text.CodePointAt(bytes, at, out int length);
            if (!UnicodeTables.IsHangulSyllable(codePoint)) break;
            int count = UnicodeTables.WriteHangul(codePoint, output.Room(UnicodeTables.MostHangulBytes));
            if (text.Tracks) output.PutSpanOf(text, at, count, 0);
            output.Advance(count);
            at += length;
        }

        return at;
    }

    /// <summary>Writes the code points that change, up to the next one that does not: that is no mark. Returns where it begins.</summary>
    private static int RewriteRun(NormalizedText text, int at, NormalizedText output)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        var run = new DecomposedRun(text, at, output, dropsAccents: true);
        for (int codePoint = Utf8Text.CodePointAt(bytes, at, out int length); IsChanged(codePoint);)
        {
            CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
            if ((flags & CodePointFlags.Hangul) != 0)
            {
                run.Flush();
                at = WriteHangul(text, at, output);
                run.GoOnAt(at);
            }
            else
            {
                if ((flags & CodePointFlags.Decomposes) == 0) run.Take(codePoint, isFirst: true);
                else run.Take(UnicodeTables.Decomposition(codePoint));
                at += length;
            }

            if (at >= bytes.Length || bytes[at] < Utf8Text.FirstNonAscii) break;
            codePoint = Utf8Text.CodePointAt(bytes, at, out length);
        }

        run.Flush();
        return at;
    }
}
