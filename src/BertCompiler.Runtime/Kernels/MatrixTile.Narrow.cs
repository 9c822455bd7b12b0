using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <content>3 to 6 rows × 16 columns.</content>
internal static unsafe partial class MatrixTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<T, TRows>(float* x, nint xStride, float* panel, int inputs, float* y, nint yStride)
        where T : struct, ILanes<T>
        where TRows : struct, TileRows.IRowCount
    {
        T zero = T.Broadcast(0f);
        T a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
        nint step = xStride * sizeof(float);
        nint step2 = 2 * step;
        float* p0 = x;
        float* p3 = Skip(p0, 3 * step);
        float* end = panel + ((nint)inputs * PackedMatrix.PanelWidth);
        while (panel < end)
        {
            if (Sse.IsSupported) Sse.Prefetch0(panel + Ahead);
            T w = T.Load(panel);
            a0 = T.Fma(T.Broadcast(*p0), w, a0);
            a1 = T.Fma(T.Broadcast(*Skip(p0, step)), w, a1);
            a2 = T.Fma(T.Broadcast(*Skip(p0, step2)), w, a2);
            if (TRows.Count > 3) a3 = T.Fma(T.Broadcast(*p3), w, a3);
            if (TRows.Count > 4) a4 = T.Fma(T.Broadcast(*Skip(p3, step)), w, a4);
            if (TRows.Count > 5) a5 = T.Fma(T.Broadcast(*Skip(p3, step2)), w, a5);
            p0++;
            if (TRows.Count > 3) p3++;
            panel += PackedMatrix.PanelWidth;
        }

        T.Store(a0, y);
        T.Store(a1, y + (1 * yStride));
        T.Store(a2, y + (2 * yStride));
        if (TRows.Count > 3) T.Store(a3, y + (3 * yStride));
        if (TRows.Count > 4) T.Store(a4, y + (4 * yStride));
        if (TRows.Count > 5) T.Store(a5, y + (5 * yStride));
    }
}
