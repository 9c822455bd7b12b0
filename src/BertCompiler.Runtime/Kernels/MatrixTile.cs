using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// The inner loop of every matrix product: a tile of up to 12 rows × 32 columns whose sums stay in registers while k runs over the inputs.
/// <code>y[i,j] = Σₖ x[i,k]·w[k,j],  k = 0 … K−1 in this order, one fused multiply-add each, from 0</code>
/// Because each sum is a chain of its own, its bits depend on nothing but its row of x and its column of w. Error: |y − exact| ≤ K·u·Σₖ|x·w|
/// to first order, u = 2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
/// </summary>
/// <remarks>
/// The tile's shape follows Goto and van de Geijn (2008), "Anatomy of High-Performance Matrix Multiplication": weights come from a panel as
/// whole registers, activations as broadcasts from where they lie, and 24 sums hide the latency of two multiply-adds a cycle. It is written
/// out three times, for up to 12 rows of 32 columns, 6 of 16 and 2 of 16, and not once for all: the JIT inlines nothing more in a method of
/// 512 locals, dead ones counted, and lanes that are four registers each then cost a call an operation (128 bits: 6 times as slow).
/// </remarks>
internal static unsafe partial class MatrixTile
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
        where T : struct, ILanes<T> => Multiply<T>(rows, x, xStride, panel, inputs, y, yStride, panel, 0);

    /// <summary>The same, and fetches a part of what is multiplied later into the second-level cache, a little in every step.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">First element of the first row.</param>
    /// <param name="xStride">Floats from row to row of x.</param>
    /// <param name="panel">[K][32].</param>
    /// <param name="inputs">K.</param>
    /// <param name="y">Where the 32 sums of the first row go.</param>
    /// <param name="yStride">Floats from row to row of y.</param>
    /// <param name="next">The first address to be fetched; memory that is not there does no harm.</param>
    /// <param name="nextStep">Bytes that are fetched in each of K steps, at most 64.</param>
    public static void Multiply<T>(int rows, float* x, nint xStride, float* panel, int inputs, float* y, nint yStride, float* next, nint nextStep)
        where T : struct, ILanes<T>
    {
        Half<T>(rows, x, xStride, panel, inputs, y, yStride, next, nextStep);
        if (!T.TileIsWide) Half<T>(rows, x, xStride, panel + 16, inputs, y + 16, yStride, next, nextStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half<T>(int rows, float* x, nint xStride, float* panel, int inputs, float* y, nint yStride, float* next, nint nextStep)
        where T : struct, ILanes<T>
    {
        // Constants again: a width has code for as many rows as its tiles can have.
        if (T.TileIsWide)
        {
            Wide<T>(rows, x, xStride, panel, inputs, y, yStride, next, nextStep);
        }
        else if (T.TileRows == 1 || rows == 1)
        {
            Small<T, TileRows.R1>(x, xStride, panel, inputs, y, yStride);
        }
        else if (T.TileRows == 2 || rows == 2)
        {
            Small<T, TileRows.R2>(x, xStride, panel, inputs, y, yStride);
        }
        else
        {
            switch (rows)
            {
                case 3: Narrow<T, TileRows.R3>(x, xStride, panel, inputs, y, yStride); break;
                case 4: Narrow<T, TileRows.R4>(x, xStride, panel, inputs, y, yStride); break;
                case 5: Narrow<T, TileRows.R5>(x, xStride, panel, inputs, y, yStride); break;
                default: Narrow<T, TileRows.R6>(x, xStride, panel, inputs, y, yStride); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Skip(float* p, nint bytes) => (float*)((byte*)p + bytes);
}
