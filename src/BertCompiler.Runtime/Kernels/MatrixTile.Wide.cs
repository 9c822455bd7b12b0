using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <content>Up to 12 rows × 32 columns.</content>
internal static unsafe partial class MatrixTile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Wide<T>(int rows, float* x, nint xStride, float* panel, int inputs, float* y, nint yStride, float* next, nint nextStep)
        where T : struct, ILanes<T>
    {
        switch (rows)
        {
            case 1: Wide<T, TileRows.R1>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 2: Wide<T, TileRows.R2>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 3: Wide<T, TileRows.R3>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 4: Wide<T, TileRows.R4>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 5: Wide<T, TileRows.R5>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 6: Wide<T, TileRows.R6>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 7: Wide<T, TileRows.R7>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 8: Wide<T, TileRows.R8>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 9: Wide<T, TileRows.R9>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 10: Wide<T, TileRows.R10>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            case 11: Wide<T, TileRows.R11>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
            default: Wide<T, TileRows.R12>(x, xStride, panel, inputs, y, yStride, next, nextStep); break;
        }
    }

    // Conditions on TRows are constants: what is not needed is not compiled. Row i is read at x + i·stride through four pointers and
    // two offsets, which leaves registers for everything else.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<T, TRows>(float* x, nint xStride, float* panel, int inputs, float* y, nint yStride, float* next, nint nextStep)
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
                Sse.Prefetch0(panel + Ahead + 16);
                Sse.Prefetch1(next);
            }

            T w0 = T.Load(panel);
            T w1 = T.Load(panel + 16);
            { T v = T.Broadcast(*p0); a0 = T.Fma(v, w0, a0); b0 = T.Fma(v, w1, b0); }
            if (TRows.Count > 1) { T v = T.Broadcast(*Skip(p0, step)); a1 = T.Fma(v, w0, a1); b1 = T.Fma(v, w1, b1); }
            if (TRows.Count > 2) { T v = T.Broadcast(*Skip(p0, step2)); a2 = T.Fma(v, w0, a2); b2 = T.Fma(v, w1, b2); }
            if (TRows.Count > 3) { T v = T.Broadcast(*p3); a3 = T.Fma(v, w0, a3); b3 = T.Fma(v, w1, b3); }
            if (TRows.Count > 4) { T v = T.Broadcast(*Skip(p3, step)); a4 = T.Fma(v, w0, a4); b4 = T.Fma(v, w1, b4); }
            if (TRows.Count > 5) { T v = T.Broadcast(*Skip(p3, step2)); a5 = T.Fma(v, w0, a5); b5 = T.Fma(v, w1, b5); }
            if (TRows.Count > 6) { T v = T.Broadcast(*p6); a6 = T.Fma(v, w0, a6); b6 = T.Fma(v, w1, b6); }
            if (TRows.Count > 7) { T v = T.Broadcast(*Skip(p6, step)); a7 = T.Fma(v, w0, a7); b7 = T.Fma(v, w1, b7); }
            if (TRows.Count > 8) { T v = T.Broadcast(*Skip(p6, step2)); a8 = T.Fma(v, w0, a8); b8 = T.Fma(v, w1, b8); }
            if (TRows.Count > 9) { T v = T.Broadcast(*p9); a9 = T.Fma(v, w0, a9); b9 = T.Fma(v, w1, b9); }
            if (TRows.Count > 10) { T v = T.Broadcast(*Skip(p9, step)); a10 = T.Fma(v, w0, a10); b10 = T.Fma(v, w1, b10); }
            if (TRows.Count > 11) { T v = T.Broadcast(*Skip(p9, step2)); a11 = T.Fma(v, w0, a11); b11 = T.Fma(v, w1, b11); }
            p0++;
            if (TRows.Count > 3) p3++;
            if (TRows.Count > 6) p6++;
            if (TRows.Count > 9) p9++;
            panel += PackedMatrix.PanelWidth;
            next = Skip(next, nextStep);
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
        T.Store(b, y + 16);
    }
}
