namespace BertCompiler.Kernels;

/// <summary>One item of a matrix product.</summary>
/// <param name="FirstRow">First row.</param>
/// <param name="EndRow">The row after the last.</param>
/// <param name="FirstPanel">First panel.</param>
/// <param name="EndPanel">The panel after the last.</param>
internal readonly record struct ProductBlock(int FirstRow, int EndRow, int FirstPanel, int EndPanel)
{
    /// <summary>Number of tiles of at most <paramref name="tileRows"/> rows.</summary>
    public int TilesOf(int tileRows) => (EndRow - FirstRow + tileRows - 1) / tileRows;

    /// <summary>
    /// Where tile <paramref name="index"/> of <paramref name="tiles"/> begins. Tiles are as equal as can be: 16 rows are 8 + 8, not 12 + 4,
    /// which would wait for its own sums.
    /// </summary>
    public int RowOf(int index, int tiles) => FirstRow + ProductBlocks.Part(EndRow - FirstRow, index, tiles);
}
