using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertCompiler.Kernels;

/// <summary>
/// A matrix product cut into items: blocks of rows × groups of panels. Within an item each panel is used for all rows of the block before
/// the next one is fetched, so weights stream through the caches once a block.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct LinearKernel<TEpilogue> : IKernel
    where TEpilogue : struct, IEpilogue
{
    private readonly Rows _x;
    private readonly Rows _y;
    private readonly PackedMatrix _weights;
    private readonly TEpilogue _epilogue;
    private readonly int _rowBlocks;
    private readonly int _panelGroups;

    public LinearKernel(Rows x, PackedMatrix weights, TEpilogue epilogue, Rows y, int threads)
    {
        _x = x;
        _y = y;
        _weights = weights;
        _epilogue = epilogue;
        int block = Blocking.RowsFor(weights.Inputs);
        _rowBlocks = (x.Count + block - 1) / block;

        // Several items a thread, so that a thread that was held up does not hold up the others.
        int wanted = threads == 1 ? 1 : ((4 * threads) + _rowBlocks - 1) / _rowBlocks;
        _panelGroups = Math.Min(weights.PanelCount, wanted);
    }

    /// <summary>Number of items.</summary>
    public int Items => _rowBlocks * _panelGroups;

    [SkipLocalsInit]
    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        (int block, int group) = Math.DivRem(item, _panelGroups);
        int firstRow = Part(_x.Count, block, _rowBlocks);
        int endRow = Part(_x.Count, block + 1, _rowBlocks);
        int endPanel = Part(_weights.PanelCount, group + 1, _panelGroups);
        nint panelSize = (nint)_weights.Inputs * PackedMatrix.PanelWidth;
        int tiles = (endRow - firstRow + T.TileRows - 1) / T.TileRows;
        float* memory = stackalloc float[(TileRows.Most * PackedMatrix.PanelWidth) + 16];
        float* sums = (float*)(((nint)memory + 63) & ~63);
        for (int panel = Part(_weights.PanelCount, group, _panelGroups); panel < endPanel; panel++)
        {
            float* weights = _weights.Panels + (panel * panelSize);
            for (int tile = 0; tile < tiles; tile++)
            {
                // Tiles as equal as can be: 16 rows are 8 + 8, not 12 + 4, which would wait for its own sums.
                int row = firstRow + Part(endRow - firstRow, tile, tiles);
                int count = firstRow + Part(endRow - firstRow, tile + 1, tiles) - row;
                float* x = _x.Values + ((long)row * _x.Stride);
                MatrixTile.Multiply<T>(count, x, _x.Stride, weights, _weights.Inputs, sums, PackedMatrix.PanelWidth);
                Finish<T>(sums, row, count, panel * PackedMatrix.PanelWidth);
            }
        }
    }

    private void Finish<T>(float* sums, int firstRow, int count, int column) where T : struct, ILanes<T>
    {
        TEpilogue epilogue = _epilogue;
        float* y = _y.Values + ((long)firstRow * _y.Stride) + column;
        for (int i = 0; i < count; i++)
        {
            T.Store(epilogue.Finish(T.Load(sums), firstRow + i, column), y);
            T.Store(epilogue.Finish(T.Load(sums + 16), firstRow + i, column + 16), y + 16);
            sums += PackedMatrix.PanelWidth;
            y += _y.Stride;
        }
    }

    // Where part `index` of `parts` equal parts of `total` begins.
    private static int Part(int total, int index, int parts) => (int)((long)total * index / parts);
}
