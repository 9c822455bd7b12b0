namespace BertCompiler.Tokenization;

/// <summary>
/// A run of combining marks, which canonical ordering sorts by combining class (stably; UAX #15). Each takes along whether it is the first
/// part of its code point.
/// </summary>
internal sealed class MarkRun
{
    /// <summary>Marks the second and later parts of a decomposed character; above all code points.</summary>
    public const int LaterPart = 1 << 24;

    private const int CombiningClasses = 256;

    private int[] _parts = new int[32];
    private int[] _sorted = new int[32];
    private byte[] _combining = new byte[32];
    private bool _inOrder = true;

    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        _inOrder = true;
    }

    /// <summary>Adds a code point, with <see cref="LaterPart"/> or without.</summary>
    public void Add(int part, byte combining)
    {
        if (Count == _parts.Length) Grow();
        if (Count > 0 && _combining[Count - 1] > combining) _inOrder = false;
        _parts[Count] = part;
        _combining[Count] = combining;
        Count++;
    }

    /// <summary>The marks in canonical order. A counting sort: the time is linear however long the run is.</summary>
    public ReadOnlySpan<int> Ordered()
    {
        if (_inOrder) return _parts.AsSpan(0, Count);
        Span<int> next = stackalloc int[CombiningClasses + 1];
        next.Clear();
        for (int i = 0; i < Count; i++) next[_combining[i] + 1]++;
        for (int c = 0; c < CombiningClasses; c++) next[c + 1] += next[c];
        for (int i = 0; i < Count; i++) _sorted[next[_combining[i]]++] = _parts[i];
        return _sorted.AsSpan(0, Count);
    }

    private void Grow()
    {
        int size = checked(_parts.Length * 2);
        Array.Resize(ref _parts, size);
        Array.Resize(ref _sorted, size);
        Array.Resize(ref _combining, size);
    }
}
