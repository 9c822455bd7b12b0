namespace BertCompiler.Tokenization;

/// <summary>The pieces that a text is split into: bytes start … end−1 each, none empty. It is reused.</summary>
internal sealed partial class SplitList
{
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    public int StartOf(int index) => _starts[index];

    public int EndOf(int index) => _ends[index];

    public void Clear() => Count = 0;

    /// <summary>Adds a piece, unless it is empty.</summary>
    public void Add(int start, int end)
    {
        if (start >= end) return;
        if (Count == _starts.Length) Resize(checked(Count * 2));
        _starts[Count] = start;
        _ends[Count++] = end;
    }

    /// <summary>Moves the end of the last piece.</summary>
    public void ExtendLast(int end) => _ends[Count - 1] = end;

    /// <summary>Makes as much room as <paramref name="other"/> has.</summary>
    public void GrowTo(SplitList other)
    {
        if (_starts.Length < other._starts.Length) Resize(other._starts.Length);
    }

    private void Resize(int size)
    {
        Array.Resize(ref _starts, size);
        Array.Resize(ref _ends, size);
    }
}
