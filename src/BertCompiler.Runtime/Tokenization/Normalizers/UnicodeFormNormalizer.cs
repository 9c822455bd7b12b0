namespace BertCompiler.Tokenization;

/// <summary>
/// The normal forms NFC and NFKC of Unicode (UAX #15); NFD and NFKD are <see cref="UnicodeDecomposer"/>'s. Which place each character has
/// follows the library that Hugging Face tokenizers use (n1t0/unicode-normalization): the parts of one character have its place, and an
/// order by combining class moves the marks with what is known of them. Only the parts that <see cref="UnicodeFormScan"/> finds are
/// written anew.
/// </summary>
internal readonly ref struct UnicodeFormNormalizer
{
    private readonly bool _compatible;
    private readonly MarkRun _marks;
    private readonly ChangeWriter _changes;
    private readonly UnicodeComposer _composer;

    private UnicodeFormNormalizer(StepScratch scratch, bool compatible)
    {
        _compatible = compatible;
        _marks = scratch.Marks;
        _changes = scratch.Changes;
        _composer = scratch.Composer;
    }

    public static void Apply(NormalizedText text, bool compatible, bool composed)
    {
        if (!composed)
        {
            UnicodeDecomposer.Apply(text, compatible);
            return;
        }

        var scan = new UnicodeFormScan(text.Bytes, compatible, composed);
        if (!scan.MoveNext()) return;
        var form = new UnicodeFormNormalizer(text.Scratch, compatible);
        form._marks.Clear();
        form._changes.Begin(text, text.Next());
        form._composer.Begin(form._changes);
        int done = 0;
        do
        {
            form._changes.Keep(done, scan.Start);
            form.Rewrite(text.Bytes[scan.Start..scan.End]);
            done = scan.End;
        }
        while (scan.MoveNext());
        form._changes.Keep(done, text.Length);
        form._changes.End();
        text.TakeNext();
    }

    private void Rewrite(ReadOnlySpan<byte> text)
    {
        Span<int> hangul = stackalloc int[3];
        for (int i = 0; i < text.Length;)
        {
            int codePoint = Utf8Text.CodePointAt(text, i, out int length);
            i += length;
            CodePointFlags canonical = UnicodeTables.FlagsOf(codePoint);
            if (_compatible && (UnicodeTables.SetsOf(codePoint) & CodePointSets.Compatible) != 0) Take(UnicodeTables.CompatibleDecomposition(codePoint));
            else if ((canonical & CodePointFlags.Decomposes) != 0) Take(UnicodeTables.Decomposition(codePoint));
            else if ((canonical & CodePointFlags.Hangul) != 0) Take(hangul[..UnicodeTables.DecomposeHangul(codePoint, hangul)]);
            else Take(codePoint, UnicodeTables.CombiningOf(codePoint));
        }

        Flush();
        _composer.End();
    }

    private void Take(ReadOnlySpan<int> parts)
    {
        for (int p = 0; p < parts.Length; p++) Take(p == 0 ? parts[p] : parts[p] | MarkRun.LaterPart, UnicodeTables.CombiningOf(parts[p]));
    }

    private void Take(int part, byte combining)
    {
        if (combining != 0)
        {
            _marks.Add(part, combining);
            return;
        }

        Flush();
        Write(part, 0);
    }

    private void Flush()
    {
        if (_marks.Count == 0) return;
        foreach (int mark in _marks.Ordered()) Write(mark, UnicodeTables.CombiningOf(mark & ~MarkRun.LaterPart));
        _marks.Clear();
    }

    private void Write(int part, byte combining)
    {
        int codePoint = part & ~MarkRun.LaterPart;
        int change = (part & MarkRun.LaterPart) != 0 ? 1 : 0;
        _composer.Add(codePoint, change, combining);
    }
}
