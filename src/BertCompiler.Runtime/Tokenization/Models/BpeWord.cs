namespace BertCompiler.Tokenization;

/// <summary>
/// The symbols of a word while byte-pair encoding merges them: always the pair of the least rank, and of equal ones the leftmost. It is
/// reused.
/// </summary>
/// <remarks>
/// A short word is searched again after each merge; a long one keeps a heap of candidates, so its time is n·log n (Hugging Face tokenizers,
/// models/bpe/word.rs, does so always; the order is the same).
/// </remarks>
internal sealed class BpeWord
{
    private const int ShortWord = 48;
    private const int End = -1;
    private const int Removed = -2;

    private readonly CandidateHeap _heap = new();
    private int[] _ids = new int[64];
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];

    /// <summary>Short words: rank of the pair that begins here. Long words: the symbol before.</summary>
    private int[] _ranks = new int[64];

    /// <summary>Short words: what that pair becomes. Long words: the symbol behind, <see cref="End"/> or <see cref="Removed"/>.</summary>
    private int[] _results = new int[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public int IdOf(int index) => _ids[index];

    /// <summary>First unit of a symbol.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>One behind its last unit.</summary>
    public int EndOf(int index) => _ends[index];

    public void Add(int id, int start, int end)
    {
        if (Count == _ids.Length) Grow();
        _ids[Count] = id;
        _starts[Count] = start;
        _ends[Count++] = end;
    }

    /// <summary>Does all merges.</summary>
    public void Merge(MergeTable merges)
    {
        if (Count < 2) return;
        if (Count <= ShortWord) MergeShort(merges);
        else MergeLong(merges);
    }

    private void MergeShort(MergeTable merges)
    {
        for (int i = 0; i + 1 < Count; i++) _results[i] = merges.Find(_ids[i], _ids[i + 1], out _ranks[i]);
        while (true)
        {
            int best = -1;
            int rank = int.MaxValue;
            for (int i = 0; i + 1 < Count; i++)
            {
                if (_results[i] < 0 || _ranks[i] >= rank) continue;
                (best, rank) = (i, _ranks[i]);
            }

            if (best < 0) return;
            _ids[best] = _results[best];
            _ends[best] = _ends[best + 1];
            RemoveAt(best + 1);
            if (best > 0) _results[best - 1] = merges.Find(_ids[best - 1], _ids[best], out _ranks[best - 1]);
            if (best + 1 < Count) _results[best] = merges.Find(_ids[best], _ids[best + 1], out _ranks[best]);
        }
    }

    private void RemoveAt(int index)
    {
        int rest = Count - index - 1;
        foreach (int[] values in (ReadOnlySpan<int[]>)[_ids, _starts, _ends, _ranks, _results]) values.AsSpan(index + 1, rest).CopyTo(values.AsSpan(index));
        Count--;
    }

    private void MergeLong(MergeTable merges)
    {
        int[] before = _ranks;
        int[] behind = _results;
        _heap.Clear();
        for (int i = 0; i < Count; i++)
        {
            before[i] = i - 1;
            behind[i] = i + 1 < Count ? i + 1 : End;
            if (i + 1 < Count) Offer(merges, i, i + 1);
        }

        while (_heap.TryTake(out int at, out int result))
        {
            int right = behind[at];
            if (right < 0 || merges.Find(_ids[at], _ids[right], out _) != result) continue;
            _ids[at] = result;
            _ends[at] = _ends[right];
            behind[at] = behind[right];
            behind[right] = Removed;
            if (behind[at] >= 0)
            {
                before[behind[at]] = at;
                Offer(merges, at, behind[at]);
            }

            if (before[at] >= 0) Offer(merges, before[at], at);
        }

        Compact(behind);
    }

    private void Offer(MergeTable merges, int left, int right)
    {
        int result = merges.Find(_ids[left], _ids[right], out int rank);
        if (result >= 0) _heap.Add(rank, left, result);
    }

    private void Compact(int[] behind)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (behind[i] == Removed) continue;
            _ids[kept] = _ids[i];
            _starts[kept] = _starts[i];
            _ends[kept++] = _ends[i];
        }

        Count = kept;
    }

    private void Grow()
    {
        int size = checked(_ids.Length * 2);
        Array.Resize(ref _ids, size);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _ends, size);
        Array.Resize(ref _ranks, size);
        Array.Resize(ref _results, size);
    }
}
