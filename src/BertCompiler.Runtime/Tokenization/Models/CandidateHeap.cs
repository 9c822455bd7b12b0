namespace BertCompiler.Tokenization;

/// <summary>Pairs that may be merged, the least rank first, and of equal ones the leftmost: a binary heap. It is reused.</summary>
internal sealed class CandidateHeap
{
    private ulong[] _keys = [];
    private int[] _results = [];
    private int _count;

    /// <summary>Rank of the first one; the greatest int where there is none.</summary>
    public int LeastRank => _count == 0 ? int.MaxValue : (int)(_keys[0] >> 32);

    /// <summary>Place in the order of the first one; the greatest number where there is none.</summary>
    public ulong LeastKey => _count == 0 ? ulong.MaxValue : _keys[0];

    public void Clear() => _count = 0;

    /// <summary>Place of a pair in the order.</summary>
    public static ulong KeyOf(int rank, int at) => (ulong)(uint)rank << 32 | (uint)at;

    public void Add(int rank, int at, int result)
    {
        if (_count == _keys.Length)
        {
            int size = Math.Max(checked(_count * 2), 256);
            Array.Resize(ref _keys, size);
            Array.Resize(ref _results, size);
        }

        ulong key = KeyOf(rank, at);
        int i = _count++;
        while (i > 0)
        {
            int parent = (i - 1) / 2;
            if (_keys[parent] <= key) break;
            _keys[i] = _keys[parent];
            _results[i] = _results[parent];
            i = parent;
        }

        _keys[i] = key;
        _results[i] = result;
    }

    /// <summary>Takes the first one out.</summary>
    public bool TryTake(out int at, out int result)
    {
        (at, result) = (0, 0);
        if (_count == 0) return false;
        at = (int)(uint)_keys[0];
        result = _results[0];
        ulong key = _keys[--_count];
        int last = _results[_count];
        int i = 0;
        while (true)
        {
            int child = i * 2 + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _keys[child + 1] < _keys[child]) child++;
            if (_keys[child] >= key) break;
            _keys[i] = _keys[child];
            _results[i] = _results[child];
            i = child;
        }

        _keys[i] = key;
        _results[i] = last;
        return true;
    }
}
