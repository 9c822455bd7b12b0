using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertCompiler.Kernels;

/// <summary>A gated product, cut into blocks of rows × groups of pairs of panels. Formula: <see cref="GatedLinear"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct GatedLinearKernel<TActivation>(Rows x, PackedMatrix weights, PackedVector bias, Rows y, int threads) : IKernel
    where TActivation : struct, IActivation
{
    private const int PairWidth = 2 * PackedMatrix.PanelWidth;

    private readonly Rows _x = x;
    private readonly Rows _y = y;
    private readonly PackedMatrix _weights = weights;
    private readonly float* _bias = bias.Values;
    private readonly ProductBlocks _blocks = new(x.Count, weights.Inputs, weights.PanelCount / 2, threads);

    /// <summary>Number of items.</summary>
    public int Items => _blocks.Items;

    [SkipLocalsInit]
    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        ProductBlock block = _blocks[item];
        nint panelSize = (nint)_weights.Inputs * PackedMatrix.PanelWidth;
        int tiles = block.TilesOf(T.TileRows);
        float* memory = stackalloc float[(TileRows.Most * PairWidth) + 16];
        float* sums = (float*)(((nint)memory + 63) & ~63);
        for (int pair = block.FirstPanel; pair < block.EndPanel; pair++)
        {
            float* gate = _weights.Panels + (2 * pair * panelSize);
            var next = new NextPanel(gate + (2 * panelSize), _weights.Inputs, tiles);
            for (int tile = 0; tile < tiles; tile++)
            {
                int row = block.RowOf(tile, tiles);
                int count = block.RowOf(tile + 1, tiles) - row;
                float* x = _x.Values + ((long)row * _x.Stride);

                // A row of sums is 32 of the gate and, beside them, the 32 that they open or shut: neither half ever reaches memory as rows.
                MatrixTile.Multiply<T>(count, x, _x.Stride, gate, _weights.Inputs, sums, PairWidth, next.PartOf(tile), next.Step);
                MatrixTile.Multiply<T>(count, x, _x.Stride, gate + panelSize, _weights.Inputs, sums + PackedMatrix.PanelWidth, PairWidth, next.PartOf(tile) + panelSize, next.Step);
                Finish<T>(sums, _bias + (pair * PairWidth), row, count, pair * PackedMatrix.PanelWidth);
            }
        }
    }

    private void Finish<T>(float* sums, float* bias, int firstRow, int count, int column) where T : struct, ILanes<T>
    {
        float* y = _y.Values + ((long)firstRow * _y.Stride) + column;
        for (int i = 0; i < count; i++)
        {
            Gate<T>(sums, bias, y);
            Gate<T>(sums + 16, bias + 16, y + 16);
            sums += PairWidth;
            y += _y.Stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gate<T>(float* sums, float* bias, float* y) where T : struct, ILanes<T>
    {
        T gate = TActivation.Apply(T.Load(sums) + T.Load(bias));
        T value = T.Load(sums + PackedMatrix.PanelWidth) + T.Load(bias + PackedMatrix.PanelWidth);
        T.Store(gate * value, y);
    }
}
