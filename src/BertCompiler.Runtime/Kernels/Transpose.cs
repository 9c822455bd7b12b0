using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>Lays rows out as panels. It moves numbers and computes none, so it needs no version for each register width.</summary>
internal static unsafe class Transpose
{
    /// <summary>
    /// [rows][columns] to panels [⌈rows/32⌉][columns][32], row j becoming column j mod 32 of panel j/32. What lies behind the last row in
    /// its panel is left as it is.
    /// </summary>
    public static void ToPanels(float* x, nint stride, int rows, int columns, float* panels)
    {
        int j = 0;
        if (Sse.IsSupported)
        {
            for (; j + 4 <= rows; j += 4)
            {
                float* y = panels + ((nint)(j / 32) * columns * 32) + (j % 32);
                int c = 0;
                for (; c + 4 <= columns; c += 4) Four(x + (j * stride) + c, stride, y + (c * 32));
                for (; c < columns; c++)
                {
                    for (int i = 0; i < 4; i++) y[(c * 32) + i] = x[((j + i) * stride) + c];
                }
            }
        }

        for (; j < rows; j++)
        {
            float* y = panels + ((nint)(j / 32) * columns * 32) + (j % 32);
            for (int c = 0; c < columns; c++) y[c * 32] = x[(j * stride) + c];
        }
    }

    private static void Four(float* x, nint stride, float* y)
    {
        Vector128<float> a = Vector128.Load(x);
        Vector128<float> b = Vector128.Load(x + stride);
        Vector128<float> c = Vector128.Load(x + (2 * stride));
        Vector128<float> d = Vector128.Load(x + (3 * stride));
        Vector128<float> abLow = Sse.UnpackLow(a, b);
        Vector128<float> abHigh = Sse.UnpackHigh(a, b);
        Vector128<float> cdLow = Sse.UnpackLow(c, d);
        Vector128<float> cdHigh = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(abLow, cdLow).Store(y);
        Sse.MoveHighToLow(cdLow, abLow).Store(y + 32);
        Sse.MoveLowToHigh(abHigh, cdHigh).Store(y + 64);
        Sse.MoveHighToLow(cdHigh, abHigh).Store(y + 96);
    }
}
