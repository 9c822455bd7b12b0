namespace BertCompiler.Tokenization;

/// <summary>
/// Writes the parts of decomposed code points, marks in canonical order, and accents only where they are wanted. The first part of a code point, wherever the
/// order has moved it, takes the place of the next old code point, a later part that of the last one again, as in the reference library
/// (n1t0/unicode-normalization, whose parts carry that with them).
/// </summary>
/// <param name="text">The old text.</param>
/// <param name="at">Where the run begins in it.</param>
/// <param name="output">The new text.</param>
/// <param name="dropsAccents">Whether accents are left out.</param>
internal ref struct DecomposedRun(NormalizedText text, int at, NormalizedText output, bool dropsAccents)
{
    private readonly MarkRun _marks = text.Scratch.Marks;
    private int _next = at;
    private int _start;
    private int _end;

    /// <summary>Takes the parts of one code point.</summary>
    public void Take(ReadOnlySpan<int> parts)
    {
        for (int i = 0; i < parts.Length; i++) Take(parts[i], isFirst: i == 0);
    }

    /// <summary>Takes a part; a mark waits for those behind it.</summary>
    public void Take(int part, bool isFirst)
    {
        int @class = UnicodeTables.ClassOf(part);
        byte combining = UnicodeTables.CombiningOfClass(@class);
        if (combining != 0)
        {
            _marks.Add(isFirst ? part : part | MarkRun.LaterPart, combining);
            return;
        }

        Flush();
        Write(part, isFirst, @class);
    }

    /// <summary>Writes the marks that wait.</summary>
    public void Flush()
    {
        if (_marks.Count == 0) return;
        foreach (int mark in _marks.Ordered())
        {
            int part = mark & ~MarkRun.LaterPart;
            Write(part, isFirst: part == mark, UnicodeTables.ClassOf(part));
        }

        _marks.Clear();
    }

    /// <summary>Passes over old code points that were written without it; no mark may wait.</summary>
    public void GoOnAt(int position) => _next = position;

    private void Write(int part, bool isFirst, int @class)
    {
        if (isFirst)
        {
            (_start, _end) = (text.StartOf(_next), text.EndOf(_next));
            Utf8Text.CodePointAt(text.Bytes, _next, out int length);
            _next += length;
        }

        if (!dropsAccents || (UnicodeTables.FlagsOfClass(@class) & CodePointFlags.Accent) == 0) output.AppendCodePoint(part, _start, _end);
    }
}
