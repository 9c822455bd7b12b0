using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <content>1 or 2 rows × 16 columns.</content>
internal static unsafe partial class MatrixTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Small<T, TRows>(float* x, nint xStride, float* panel, int inputs, float* y, nint yStride)
        where T : struct, ILanes<T>
        where TRows : struct, TileRows.IRowCount
    {
        T a0 = T.Broadcast(0f);
        T a1 = a0;
        float* p1 = x + xStride;
        float* end = panel + ((nint)inputs * PackedMatrix.PanelWidth);
        while (panel < end)
        {
            if (Sse.IsSupported) Sse.Prefetch0(panel + Ahead);
            T w = T.Load(panel);
            a0 = T.Fma(T.Broadcast(*x), w, a0);
            if (TRows.Count > 1) a1 = T.Fma(T.Broadcast(*p1), w, a1);
            x++;
            if (TRows.Count > 1) p1++;
            panel += PackedMatrix.PanelWidth;
        }

        T.Store(a0, y);
        if (TRows.Count > 1) T.Store(a1, y + yStride);
    }
}
