namespace BertCompiler.Tokenization;

/// <summary>The memory that tokenizing one text needs; each thread keeps one and uses it again.</summary>
internal sealed class TokenizerScratch
{
    /// <summary>Pieces, or words, after which a long text looks whether it is to stop: some ten microseconds of work.</summary>
    public const int PiecesBetweenLooks = 1024;

    private const int LargestKept = 1 << 20;

    /// <summary>256 KiB; more of them are no faster.</summary>
    private const int CachedWords = 4096;

    [ThreadStatic]
    private static TokenizerScratch? _kept;

    private int[] _ids = new int[256];

    /// <summary>The part of the text that is worked on.</summary>
    public NormalizedText Normalized { get; } = new();

    public SplitText Split { get; } = new();

    public BpeWord Symbols => field ??= new();

    public UnigramPaths Paths => field ??= new();

    /// <summary>Words that took longer to cut, each at the place that its hash names; 2 to the power of n of them.</summary>
    public CachedWord[] Words => field ??= new CachedWord[CachedWords];

    public PieceList Pieces { get; } = new();

    /// <summary>Stops the work on this text.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Takes this thread's memory, or new memory where it is in use.</summary>
    public static TokenizerScratch Rent(CancellationToken cancellation = default)
    {
        TokenizerScratch scratch = _kept ?? new TokenizerScratch();
        _kept = null;
        scratch.Cancellation = cancellation;
        return scratch;
    }

    /// <summary>Gives memory back for the next text; what one huge text needed is left to the garbage collector.</summary>
    public static void Return(TokenizerScratch scratch)
    {
        if (scratch.Normalized.Length <= LargestKept && scratch.Pieces.Count <= LargestKept) _kept = scratch;
    }

    /// <summary>Room for <paramref name="count"/> ids.</summary>
    public Span<int> Ids(int count)
    {
        if (_ids.Length < count) _ids = new int[Math.Max(count, _ids.Length * 2)];
        return _ids.AsSpan(0, count);
    }
}
