using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>
/// The inner loop of every matrix product: a tile of up to 12 rows × 32 columns whose sums stay in registers while k runs over the inputs.
/// <code>y[i,j] = Σₖ x[i,k]·w[k,j],  k = 0 … K−1 in this order, one fused multiply-add each, from 0</code>
/// Because each sum is a chain of its own, its bits depend on nothing but its row of x and its column of w. Error: |y − exact| ≤ K·u·Σₖ|x·w|
/// to first order, u = 2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
/// </summary>
/// <remarks>
/// The tile's shape follows Goto and van de Geijn (2008), "Anatomy of High-Performance Matrix Multiplication": weights come from a panel as
/// whole registers, activations as broadcasts from where they lie, and 24 sums hide the latency of two multiply-adds a cycle.
/// </remarks>
internal static unsafe class MatrixTile
{
    // Weights are fetched 16 KiB (floats: 4096) before their use, across the page borders where the hardware's prefetching stops. For few
    // rows the product waits for memory: this made one text of 8 tokens 2.2 times as fast, 16 tokens 1.7 times (Zen 5). Fetching past the
    // end is harmless.
    private const int Ahead = 4096;

    /// <summary>
    /// Multiplies <paramref name="rows"/> rows, 1 … T.TileRows, with one panel.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">First element of the first row.</param>
    /// <param name="xStride">Floats from row to row of x.</param>
    /// <param name="panel">[K][32].</param>
    /// <param name="inputs">K.</param>
    /// <param name="y">Where the 32 sums of the first row go.</param>
    /// <param name="yStride">Floats from row to row of y.</param>
    public static void Multiply<T>(int rows, float* x, nint xStride, float* panel, int inputs, float* y, nint yStride)
        where T : struct, ILanes<T>
    {
        Half<T>(rows, x, xStride, panel, inputs, y, yStride);
        if (!T.TileIsWide) Half<T>(rows, x, xStride, panel + 16, inputs, y + 16, yStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half<T>(int rows, float* x, nint xStride, float* panel, int inputs, float* y, nint yStride)
        where T : struct, ILanes<T>
    {
        // Constants again: a width has code for as many rows as its tiles can have.
        if (T.TileRows == 1 || rows == 1)
        {
            Tile<T, TileRows.R1>(x, xStride, panel, inputs, y, yStride);
        }
        else if (T.TileRows <= 6 || rows <= 6)
        {
            switch (rows)
            {
                case 2: Tile<T, TileRows.R2>(x, xStride, panel, inputs, y, yStride); break;
                case 3: Tile<T, TileRows.R3>(x, xStride, panel, inputs, y, yStride); break;
                case 4: Tile<T, TileRows.R4>(x, xStride, panel, inputs, y, yStride); break;
                case 5: Tile<T, TileRows.R5>(x, xStride, panel, inputs, y, yStride); break;
                default: Tile<T, TileRows.R6>(x, xStride, panel, inputs, y, yStride); break;
            }
        }
        else
        {
            switch (rows)
            {
                case 7: Tile<T, TileRows.R7>(x, xStride, panel, inputs, y, yStride); break;
                case 8: Tile<T, TileRows.R8>(x, xStride, panel, inputs, y, yStride); break;
                case 9: Tile<T, TileRows.R9>(x, xStride, panel, inputs, y, yStride); break;
                case 10: Tile<T, TileRows.R10>(x, xStride, panel, inputs, y, yStride); break;
                case 11: Tile<T, TileRows.R11>(x, xStride, panel, inputs, y, yStride); break;
                default: Tile<T, TileRows.R12>(x, xStride, panel, inputs, y, yStride); break;
            }
        }
    }

    // Conditions on TRows and T are constants: what is not needed is not compiled. Row i is read at x + i·stride through four pointers and
    // two offsets, which leaves registers for everything else.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TRows>(float* x, nint xStride, float* panel, int inputs, float* y, nint yStride)
        where T : struct, ILanes<T>
        where TRows : struct, TileRows.IRowCount
    {
        T zero = T.Broadcast(0f);
        T a0 = zero, b0 = zero;
        T a1 = zero, b1 = zero;
        T a2 = zero, b2 = zero;
        T a3 = zero, b3 = zero;
        T a4 = zero, b4 = zero;
        T a5 = zero, b5 = zero;
        T a6 = zero, b6 = zero;
        T a7 = zero, b7 = zero;
        T a8 = zero, b8 = zero;
        T a9 = zero, b9 = zero;
        T a10 = zero, b10 = zero;
        T a11 = zero, b11 = zero;
        nint step = xStride * sizeof(float);
        nint step2 = 2 * step;
        float* p0 = x;
        float* p3 = Skip(p0, 3 * step);
        float* p6 = Skip(p0, 6 * step);
        float* p9 = Skip(p0, 9 * step);
        float* end = panel + ((nint)inputs * PackedMatrix.PanelWidth);
        while (panel < end)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(panel + Ahead);
                if (T.TileIsWide) Sse.Prefetch0(panel + Ahead + 16);
            }

            T w0 = T.Load(panel);
            T w1 = T.TileIsWide ? T.Load(panel + 16) : zero;
            if (TRows.Count > 0) { T v = T.Broadcast(*p0); a0 = T.Fma(v, w0, a0); if (T.TileIsWide) b0 = T.Fma(v, w1, b0); }
            if (TRows.Count > 1) { T v = T.Broadcast(*Skip(p0, step)); a1 = T.Fma(v, w0, a1); if (T.TileIsWide) b1 = T.Fma(v, w1, b1); }
            if (TRows.Count > 2) { T v = T.Broadcast(*Skip(p0, step2)); a2 = T.Fma(v, w0, a2); if (T.TileIsWide) b2 = T.Fma(v, w1, b2); }
            if (TRows.Count > 3) { T v = T.Broadcast(*p3); a3 = T.Fma(v, w0, a3); if (T.TileIsWide) b3 = T.Fma(v, w1, b3); }
            if (TRows.Count > 4) { T v = T.Broadcast(*Skip(p3, step)); a4 = T.Fma(v, w0, a4); if (T.TileIsWide) b4 = T.Fma(v, w1, b4); }
            if (TRows.Count > 5) { T v = T.Broadcast(*Skip(p3, step2)); a5 = T.Fma(v, w0, a5); if (T.TileIsWide) b5 = T.Fma(v, w1, b5); }
            if (TRows.Count > 6) { T v = T.Broadcast(*p6); a6 = T.Fma(v, w0, a6); if (T.TileIsWide) b6 = T.Fma(v, w1, b6); }
            if (TRows.Count > 7) { T v = T.Broadcast(*Skip(p6, step)); a7 = T.Fma(v, w0, a7); if (T.TileIsWide) b7 = T.Fma(v, w1, b7); }
            if (TRows.Count > 8) { T v = T.Broadcast(*Skip(p6, step2)); a8 = T.Fma(v, w0, a8); if (T.TileIsWide) b8 = T.Fma(v, w1, b8); }
            if (TRows.Count > 9) { T v = T.Broadcast(*p9); a9 = T.Fma(v, w0, a9); if (T.TileIsWide) b9 = T.Fma(v, w1, b9); }
            if (TRows.Count > 10) { T v = T.Broadcast(*Skip(p9, step)); a10 = T.Fma(v, w0, a10); if (T.TileIsWide) b10 = T.Fma(v, w1, b10); }
            if (TRows.Count > 11) { T v = T.Broadcast(*Skip(p9, step2)); a11 = T.Fma(v, w0, a11); if (T.TileIsWide) b11 = T.Fma(v, w1, b11); }
            p0++;
            if (TRows.Count > 3) p3++;
            if (TRows.Count > 6) p6++;
            if (TRows.Count > 9) p9++;
            panel += PackedMatrix.PanelWidth;
        }

        StoreRow(a0, b0, y);
        if (TRows.Count > 1) StoreRow(a1, b1, y + (1 * yStride));
        if (TRows.Count > 2) StoreRow(a2, b2, y + (2 * yStride));
        if (TRows.Count > 3) StoreRow(a3, b3, y + (3 * yStride));
        if (TRows.Count > 4) StoreRow(a4, b4, y + (4 * yStride));
        if (TRows.Count > 5) StoreRow(a5, b5, y + (5 * yStride));
        if (TRows.Count > 6) StoreRow(a6, b6, y + (6 * yStride));
        if (TRows.Count > 7) StoreRow(a7, b7, y + (7 * yStride));
        if (TRows.Count > 8) StoreRow(a8, b8, y + (8 * yStride));
        if (TRows.Count > 9) StoreRow(a9, b9, y + (9 * yStride));
        if (TRows.Count > 10) StoreRow(a10, b10, y + (10 * yStride));
        if (TRows.Count > 11) StoreRow(a11, b11, y + (11 * yStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<T>(T a, T b, float* y) where T : struct, ILanes<T>
    {
        T.Store(a, y);
        if (T.TileIsWide) T.Store(b, y + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Skip(float* p, nint bytes) => (float*)((byte*)p + bytes);
}
