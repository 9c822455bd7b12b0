namespace BertCompiler.Tokenization;

/// <summary>
/// A run of combining marks, which canonical ordering sorts by combining class (stably). The spans stay where they were: after sorting,
/// the k-th mark has the k-th span, as in the reference library.
/// </summary>
internal sealed class MarkRun
{
    private const int CombiningClasses = 256;

    private int[] _codePoints = new int[32];
    private int[] _sorted = new int[32];
    private byte[] _combining = new byte[32];
    private int[] _starts = new int[32];
    private int[] _ends = new int[32];

    public int Count { get; private set; }

    /// <summary>Whether the marks came in canonical order.</summary>
    public bool IsInOrder { get; private set; } = true;

    public void Clear()
    {
        Count = 0;
        IsInOrder = true;
    }

    public void Add(int codePoint, byte combining, int start, int end)
    {
        if (Count == _codePoints.Length) Grow();
        if (Count > 0 && _combining[Count - 1] > combining) IsInOrder = false;
        _codePoints[Count] = codePoint;
        _combining[Count] = combining;
        _starts[Count] = start;
        _ends[Count] = end;
        Count++;
    }

    /// <summary>The marks in canonical order. A counting sort: the time is linear however long the run is.</summary>
    public ReadOnlySpan<int> Ordered()
    {
        if (IsInOrder) return _codePoints.AsSpan(0, Count);
        Span<int> next = stackalloc int[CombiningClasses + 1];
        next.Clear();
        for (int i = 0; i < Count; i++) next[_combining[i] + 1]++;
        for (int c = 0; c < CombiningClasses; c++) next[c + 1] += next[c];
        for (int i = 0; i < Count; i++) _sorted[next[_combining[i]]++] = _codePoints[i];
        return _sorted.AsSpan(0, Count);
    }

    /// <summary>The mark that came at <paramref name="index"/>.</summary>
    public int CodePointOf(int index) => _codePoints[index];

    public int StartOf(int index) => _starts[index];

    public int EndOf(int index) => _ends[index];

    private void Grow()
    {
        int size = checked(_codePoints.Length * 2);
        Array.Resize(ref _codePoints, size);
        Array.Resize(ref _sorted, size);
        Array.Resize(ref _combining, size);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _ends, size);
    }
}
