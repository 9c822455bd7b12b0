namespace BertCompiler.Tokenization;

/// <summary>
/// BERT's normaliser: clean, put spaces round ideographs, decompose and drop accents, lower. In that order, as in Hugging Face tokenizers
/// (normalizers/bert.rs).
/// </summary>
internal sealed class BertNormalizer : INormalizer
{
    private const byte Dropped = 0xFF;
    private const int AsciiCount = 128;

    private readonly BertNormalizerOptions _options;
    private readonly byte[] _ascii = new byte[AsciiCount];

    public BertNormalizer(BertNormalizerOptions options)
    {
        _options = options;
        for (int c = 0; c < AsciiCount; c++)
        {
            int @class = UnicodeTables.ClassOf(c);
            CodePointFlags flags = UnicodeTables.FlagsOfClass(@class);
            bool clean = Has(BertNormalizerOptions.CleanText);
            if (clean && (flags & CodePointFlags.CleanDrops) != 0) _ascii[c] = Dropped;
            else if (clean && (flags & CodePointFlags.CleanSpace) != 0) _ascii[c] = (byte)' ';
            else _ascii[c] = (byte)(Has(BertNormalizerOptions.Lowercase) ? UnicodeTables.Lower(c, @class) : c);
        }
    }

    /// <summary>Appends the normal form of text[from … to−1] to <paramref name="output"/>. Marks do not reach over the ends.</summary>
    public void Normalize(ReadOnlySpan<char> text, int from, int to, NormalizedText output, MarkRun marks)
    {
        marks.Clear();
        for (int i = from; i < to;)
        {
            char c = text[i];
            if (c < AsciiCount)
            {
                byte mapped = _ascii[c];
                if (mapped != Dropped)
                {
                    if (marks.Count > 0) Flush(marks, output);
                    output.Append((char)mapped, i, i + 1);
                }

                i++;
                continue;
            }

            int codePoint = UnicodeTables.CodePointAt(text[..to], i);
            int end = i + UnicodeTables.UnitsOf(codePoint);
            Clean(codePoint, i, end, output, marks);
            i = end;
        }

        Flush(marks, output);
    }

    /// <inheritdoc/>
    public void Normalize(NormalizedText input, NormalizedText output, TokenizerScratch scratch)
    {
        Normalize(input.Characters, 0, input.Length, output, scratch.Marks);
        output.ComposeSpans(input);
    }

    private bool Has(BertNormalizerOptions option) => (_options & option) != 0;

    private void Clean(int codePoint, int start, int end, NormalizedText output, MarkRun marks)
    {
        CodePointFlags flags = UnicodeTables.FlagsOf(codePoint);
        if (Has(BertNormalizerOptions.CleanText))
        {
            if ((flags & CodePointFlags.CleanDrops) != 0) return;
            if ((flags & CodePointFlags.CleanSpace) != 0) (codePoint, flags) = (' ', UnicodeTables.FlagsOf(' '));
        }

        bool apart = (flags & CodePointFlags.Chinese) != 0 && Has(BertNormalizerOptions.HandleChineseChars);
        if (apart) Space(start, end, output, marks);
        if (!Has(BertNormalizerOptions.StripAccents)) Lower(codePoint, start, end, output);
        else if ((flags & CodePointFlags.Decomposes) != 0)
        {
            foreach (int part in UnicodeTables.Decomposition(codePoint)) Strip(part, start, end, output, marks);
        }
        else if ((flags & CodePointFlags.Hangul) != 0)
        {
            Span<int> parts = stackalloc int[3];
            int count = UnicodeTables.DecomposeHangul(codePoint, parts);
            foreach (int part in parts[..count]) Strip(part, start, end, output, marks);
        }
        else
        {
            Strip(codePoint, start, end, output, marks);
        }

        if (apart) Space(start, end, output, marks);
    }

    private void Space(int start, int end, NormalizedText output, MarkRun marks)
    {
        Flush(marks, output);
        output.Append(' ', start, end);
    }

    private void Strip(int part, int start, int end, NormalizedText output, MarkRun marks)
    {
        int @class = UnicodeTables.ClassOf(part);
        byte combining = UnicodeTables.CombiningOfClass(@class);
        if (combining != 0)
        {
            marks.Add(part, combining, start, end);
            return;
        }

        Flush(marks, output);
        if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.Accent) == 0) Lower(part, start, end, output);
    }

    private void Flush(MarkRun marks, NormalizedText output)
    {
        if (marks.Count == 0) return;
        ReadOnlySpan<int> ordered = marks.Ordered();
        for (int i = 0; i < ordered.Length; i++)
        {
            bool accent = (UnicodeTables.FlagsOf(ordered[i]) & CodePointFlags.Accent) != 0;
            if (!accent) Lower(ordered[i], marks.StartOf(i), marks.EndOf(i), output);
        }

        marks.Clear();
    }

    private void Lower(int codePoint, int start, int end, NormalizedText output)
    {
        if (Has(BertNormalizerOptions.Lowercase))
        {
            int @class = UnicodeTables.ClassOf(codePoint);
            if ((UnicodeTables.FlagsOfClass(@class) & CodePointFlags.LowerIsPair) != 0)
            {
                output.Append('i', start, end);
                output.Append('\u0307', start, end);
                return;
            }

            codePoint = UnicodeTables.Lower(codePoint, @class);
        }

        output.AppendCodePoint(codePoint, start, end);
    }
}
