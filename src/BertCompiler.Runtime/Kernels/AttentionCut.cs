namespace BertCompiler.Kernels;

/// <summary>
/// How the queries of a head are cut into items. An item packs the keys that its queries attend to, so where the window is narrow an item's
/// memory is a window and its own rows, whatever the length of the text. No result depends on the cut.
/// </summary>
internal readonly struct AttentionCut
{
    // The keys and values of 512 + 2·64 tokens, 64 floats each, are a third of a 1 MiB second-level cache; packing those at the two
    // borders twice costs a quarter of the packing, some hundredths of the whole.
    private const int LocalRows = 512;

    // Packing all keys again for every 1,024 queries costs less than 5 %.
    private const int GlobalRows = 1024;

    private readonly int _rows;

    private AttentionCut(int rows, int longest, int window)
    {
        const int panel = PackedMatrix.PanelWidth;
        _rows = rows;
        Items = ItemsFor(longest);
        Keys = (int)Math.Min(longest, rows + (2L * window) + panel);
        TileKeys = (int)Math.Min(longest, TileRows.Most + (2L * window) + panel);
    }

    /// <summary>Items of a head of the longest sequence.</summary>
    public int Items { get; }

    /// <summary>The most keys that an item packs.</summary>
    public int Keys { get; }

    /// <summary>The most keys that a tile of queries attends to.</summary>
    public int TileKeys { get; }

    /// <summary>The cut for sequences of up to <paramref name="longest"/> of <paramref name="tokens"/> tokens.</summary>
    /// <param name="longest">Tokens of the longest sequence.</param>
    /// <param name="tokens">T.</param>
    /// <param name="shape">Heads and window.</param>
    /// <param name="threads">Threads that share the items.</param>
    /// <param name="whole">Whether preparing a head is so much work that it is not to be done twice.</param>
    public static AttentionCut For(int longest, int tokens, in AttentionShape shape, int threads, bool whole)
    {
        int rows = Math.Max(longest, 1);
        if (shape.Window < longest - 1)
        {
            rows = LocalRows;
        }
        else if (!whole && threads > 1)
        {
            // Several items a thread, so that a thread that was held up does not hold up the others.
            long heads = (long)shape.Heads * tokens / rows;
            long items = Math.Clamp(((4L * threads) + heads - 1) / heads, 1, Math.Max(1, longest / GlobalRows));
            rows = (int)((longest + items - 1) / items);
        }

        return new AttentionCut(rows, longest, shape.Window);
    }

    /// <summary>Items of a head of a sequence.</summary>
    public int ItemsFor(int length) => (length + _rows - 1) / _rows;
}
