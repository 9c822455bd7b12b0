namespace BertCompiler.Kernels;

/// <summary>
/// How a matrix product is cut into items: blocks of rows × groups of panels. Within an item each panel is used for all rows of the block
/// before the next one is fetched, so weights stream through the caches once a block. No result depends on it.
/// </summary>
internal readonly struct ProductBlocks
{
    private readonly int _rows;
    private readonly int _panels;
    private readonly int _rowBlocks;
    private readonly int _panelGroups;

    /// <summary>Cuts a product.</summary>
    /// <param name="rows">T.</param>
    /// <param name="inputs">K.</param>
    /// <param name="panels">Number of panels, or of pairs of panels where two of them make one result.</param>
    /// <param name="threads">Threads that work at once.</param>
    public ProductBlocks(int rows, int inputs, int panels, int threads)
    {
        _rows = rows;
        _panels = panels;
        int block = Blocking.RowsFor(inputs);
        _rowBlocks = (rows + block - 1) / block;

        // Several items a thread, so that a thread that was held up does not hold up the others.
        int wanted = threads == 1 ? 1 : ((4 * threads) + _rowBlocks - 1) / _rowBlocks;
        _panelGroups = Math.Min(panels, wanted);
    }

    /// <summary>Number of items.</summary>
    public int Items => _rowBlocks * _panelGroups;

    /// <summary>The rows and panels of an item.</summary>
    public ProductBlock this[int item]
    {
        get
        {
            (int block, int group) = Math.DivRem(item, _panelGroups);
            return new ProductBlock(
                Part(_rows, block, _rowBlocks), Part(_rows, block + 1, _rowBlocks),
                Part(_panels, group, _panelGroups), Part(_panels, group + 1, _panelGroups));
        }
    }

    /// <summary>Where part <paramref name="index"/> of <paramref name="parts"/> equal parts of <paramref name="total"/> begins.</summary>
    public static int Part(int total, int index, int parts) => (int)((long)total * index / parts);
}
