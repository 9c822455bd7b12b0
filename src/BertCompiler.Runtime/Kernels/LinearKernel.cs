using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertCompiler.Kernels;

/// <summary>A matrix product, cut as <see cref="ProductBlocks"/> says, finished by an epilogue.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct LinearKernel<TEpilogue>(Rows x, PackedMatrix weights, TEpilogue epilogue, Rows y, int threads) : IKernel
    where TEpilogue : struct, IEpilogue
{
    private readonly Rows _x = x;
    private readonly Rows _y = y;
    private readonly PackedMatrix _weights = weights;
    private readonly TEpilogue _epilogue = epilogue;
    private readonly ProductBlocks _blocks = new(x.Count, weights.Inputs, weights.PanelCount, threads);

    /// <summary>Number of items.</summary>
    public int Items => _blocks.Items;

    [SkipLocalsInit]
    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        ProductBlock block = _blocks[item];
        nint panelSize = (nint)_weights.Inputs * PackedMatrix.PanelWidth;
        int tiles = block.TilesOf(T.TileRows);
        float* memory = stackalloc float[(TileRows.Most * PackedMatrix.PanelWidth) + 16];
        float* sums = (float*)(((nint)memory + 63) & ~63);
        for (int panel = block.FirstPanel; panel < block.EndPanel; panel++)
        {
            float* weights = _weights.Panels + (panel * panelSize);
            var next = new NextPanel(weights + panelSize, _weights.Inputs, tiles);
            for (int tile = 0; tile < tiles; tile++)
            {
                int row = block.RowOf(tile, tiles);
                int count = block.RowOf(tile + 1, tiles) - row;
                float* x = _x.Values + ((long)row * _x.Stride);
                MatrixTile.Multiply<T>(count, x, _x.Stride, weights, _weights.Inputs, sums, PackedMatrix.PanelWidth, next.PartOf(tile), next.Step);
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
}
