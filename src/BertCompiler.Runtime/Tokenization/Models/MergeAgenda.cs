namespace BertCompiler.Tokenization;

/// <summary>
/// Pairs that may be merged, the least rank first, and of equal ones the leftmost: in one list for each rank, which is sorted when its turn
/// comes, so that very long words are gone through from left to right once for each rank. It is reused.
/// </summary>
internal sealed class MergeAgenda
{
    private const int None = -1;

    /// <summary>Pairs of a rank whose turn has come or is over, and of ranks that have no list.</summary>
    private readonly CandidateHeap _rest = new();

    /// <summary>Of each rank: the first and last node of its list, and what the pair becomes.</summary>
    private int[] _first = [];
    private int[] _last = [];
    private int[] _results = [];

    /// <summary>Of each node: where the pair begins, and the next node.</summary>
    private int[] _places = [];
    private int[] _next = [];
    private int _nodes;
    private int _free = None;

    /// <summary>The rank whose turn it is, and its pairs.</summary>
    private int _rank = None;
    private int[] _present = [];
    private int _presentCount;
    private int _presentAt;

    /// <summary>Begins a word.</summary>
    /// <param name="ranks">Ranks from 0 on that get a list.</param>
    public void Begin(int ranks)
    {
        _rest.Clear();
        if (_first.Length < ranks)
        {
            _first = new int[ranks];
            _last = new int[ranks];
            _results = new int[ranks];
        }

        Array.Fill(_first, None);
        (_nodes, _free, _rank, _presentCount, _presentAt) = (0, None, None, 0, 0);
    }

    public void Add(int rank, int at, int result)
    {
        if (rank <= _rank || rank >= _first.Length)
        {
            _rest.Add(rank, at, result);
            return;
        }

        int node = NewNode();
        _places[node] = at;
        _next[node] = None;
        if (_first[rank] == None) _first[rank] = node;
        else _next[_last[rank]] = node;
        _last[rank] = node;
        _results[rank] = result;
    }

    /// <summary>Takes the first one out.</summary>
    public bool TryTake(out int at, out int result)
    {
        if (_presentAt == _presentCount && _rest.LeastRank > _rank) TakeNextRank();
        if (_presentAt < _presentCount && CandidateHeap.KeyOf(_rank, _present[_presentAt]) <= _rest.LeastKey)
        {
            at = _present[_presentAt++];
            result = _results[_rank];
            return true;
        }

        return _rest.TryTake(out at, out result);
    }

    private void TakeNextRank()
    {
        int rank = _rank + 1;
        int skipped = _first.AsSpan(rank).IndexOfAnyExcept(None);
        _rank = skipped < 0 ? _first.Length - 1 : rank + skipped;
        (_presentCount, _presentAt) = (0, 0);
        if (skipped < 0) return;
        bool isSorted = true;
        for (int node = _first[_rank]; node != None; node = _next[node])
        {
            if (_presentCount == _present.Length) Array.Resize(ref _present, Math.Max(1024, checked(_presentCount * 2)));
            isSorted &= _presentCount == 0 || _present[_presentCount - 1] <= _places[node];
            _present[_presentCount++] = _places[node];
        }

        if (!isSorted) _present.AsSpan(0, _presentCount).Sort();
        _next[_last[_rank]] = _free;
        _free = _first[_rank];
        _first[_rank] = None;
    }

    private int NewNode()
    {
        if (_free != None)
        {
            int free = _free;
            _free = _next[free];
            return free;
        }

        if (_nodes == _places.Length)
        {
            int size = Math.Max(1024, checked(_nodes * 2));
            Array.Resize(ref _places, size);
            Array.Resize(ref _next, size);
        }

        return _nodes++;
    }
}
