namespace BertCompiler.Tokenization;

/// <summary>
/// The symbols of a word while byte-pair encoding merges them: always the pair of the least rank, and of equal ones the leftmost. It is
/// reused.
/// </summary>
/// <remarks>
/// A short word is searched again after each merge; a long one keeps a heap of candidates, so its time is n·log n (Hugging Face tokenizers,
/// models/bpe/word.rs, does so always); a very long one has a list for each rank, which stays in the caches where a heap does not. The
/// order is the same.
/// </remarks>
internal sealed class BpeWord
{
    private const int ShortWord = 48;
    private const int LongWord = 4096;
    private const int End = -1;
    private const int Removed = -2;

    private readonly CandidateHeap _heap = new();
    private MergeAgenda? _agenda;
    private BpeSymbol[] _symbols = new BpeSymbol[64];

    /// <summary>Where each character begins and ends in the text.</summary>
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];
    private int _characters;

    public int Count { get; private set; }

    public void Clear() => Count = _characters = 0;

    public int IdOf(int index) => _symbols[index].Id;

    /// <summary>First byte of a symbol.</summary>
    public int StartOf(int index) => _starts[_symbols[index].First];

    /// <summary>One behind its last byte.</summary>
    public int EndOf(int index) => _ends[(index + 1 < Count ? _symbols[index + 1].First : _characters) - 1];

    /// <summary>Adds a character, before anything is merged.</summary>
    public void Add(int id, int start, int end)
    {
        if (Count == _symbols.Length) Grow();
        _symbols[Count] = new() { Id = id, First = Count };
        _starts[Count] = start;
        _ends[Count++] = end;
        _characters = Count;
    }

    /// <summary>Does all merges.</summary>
    public void Merge(scoped in MergeTable merges)
    {
        if (Count < 2) return;
        if (Count <= ShortWord) MergeShort(merges);
        else MergeLong(merges);
    }

    private void MergeShort(scoped in MergeTable merges)
    {
        Span<BpeSymbol> symbols = _symbols.AsSpan(0, Count);
        for (int i = 0; i + 1 < symbols.Length; i++) symbols[i].Result = merges.Find(symbols[i].Id, symbols[i + 1].Id, out symbols[i].Rank);
        while (true)
        {
            symbols[^1].Rank = int.MaxValue;
            int best = -1;
            int rank = int.MaxValue;
            for (int i = 0; i < symbols.Length; i++)
            {
                if (symbols[i].Rank < rank) (best, rank) = (i, symbols[i].Rank);
            }

            if (best < 0) break;
            symbols[best].Id = symbols[best].Result;
            symbols[(best + 2)..].CopyTo(symbols[(best + 1)..]);
            symbols = symbols[..^1];
            if (best > 0) symbols[best - 1].Result = merges.Find(symbols[best - 1].Id, symbols[best].Id, out symbols[best - 1].Rank);
            if (best + 1 < symbols.Length) symbols[best].Result = merges.Find(symbols[best].Id, symbols[best + 1].Id, out symbols[best].Rank);
        }

        Count = symbols.Length;
    }

    private void MergeLong(scoped in MergeTable merges)
    {
        Span<BpeSymbol> symbols = _symbols.AsSpan(0, Count);
        bool isVeryLong = Count > LongWord;
        if (isVeryLong) (_agenda ??= new()).Begin(merges.Size);
        else _heap.Clear();
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i].Rank = i - 1;
            symbols[i].Result = i + 1 < symbols.Length ? i + 1 : End;
            if (i + 1 < symbols.Length) Offer(merges, symbols, i, isVeryLong);
        }

        while (isVeryLong ? _agenda!.TryTake(out int at, out int result) : _heap.TryTake(out at, out result))
        {
            int right = symbols[at].Result;
            if (right < 0 || merges.Find(symbols[at].Id, symbols[right].Id, out _) != result) continue;
            int behind = symbols[right].Result;
            symbols[at].Id = result;
            symbols[at].Result = behind;
            symbols[right].Result = Removed;
            if (behind >= 0)
            {
                symbols[behind].Rank = at;
                Offer(merges, symbols, at, isVeryLong);
            }

            int before = symbols[at].Rank;
            if (before >= 0) Offer(merges, symbols, before, isVeryLong);
        }

        int kept = 0;
        foreach (BpeSymbol symbol in symbols)
        {
            if (symbol.Result != Removed) symbols[kept++] = symbol;
        }

        Count = kept;
    }

    private void Offer(scoped in MergeTable merges, Span<BpeSymbol> symbols, int left, bool isVeryLong)
    {
        int result = merges.Find(symbols[left].Id, symbols[symbols[left].Result].Id, out int rank);
        if (result < 0) return;
        if (isVeryLong) _agenda!.Add(rank, left, result);
        else _heap.Add(rank, left, result);
    }

    private void Grow()
    {
        int size = checked(_symbols.Length * 2);
        Array.Resize(ref _symbols, size);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _ends, size);
    }
}
