using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class NormalizeTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length(int width)
    {
        for (int columns = 1; columns <= 256; columns++) Compare(width, columns);
        Compare(width, 384);
        Compare(width, 768);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_row_of_zeros_stays_zeros(int width)
    {
        using var data = new KernelData();
        Rows x = data.Rows(1, 20);
        Normalize.L2(new Crew(1, (SimdWidth)width), x, x);
        foreach (float value in x[0]) Assert.Equal(0f, value);

        // Shorter than 1e-12: divided by 1e-12, as torch does.
        x[0][3] = 1e-13f;
        Normalize.L2(new Crew(1, (SimdWidth)width), x, x);
        Assert.Equal(0.1f, x[0][3], 1e-6f);
    }

    private static void Compare(int width, int columns)
    {
        using var data = new KernelData(columns);
        Rows x = data.RandomRows(3, columns, 5f);
        Rows y = data.Rows(3, columns);
        Rows scalar = data.Rows(3, columns);
        Normalize.L2(new Crew(1, (SimdWidth)width), x, y);
        Normalize.L2(new Crew(1, SimdWidth.Scalar), x, scalar);
        SameBits(ToArray(scalar), ToArray(y), $"width {width}, {columns} columns");
        for (int i = 0; i < 3; i++)
        {
            double length = 0;
            foreach (float v in x[i]) length += (double)v * v;
            for (int j = 0; j < columns; j++)
            {
                // The sum of squares is off by columns/16 + 4 roundings, halved by the root; two more for root and quotient.
                double exact = x[i][j] / Math.Sqrt(length);
                Near(exact, y[i][j], Math.Abs(exact) * ((columns / 32.0) + 5) / (1 << 24), $"{columns} columns at {i},{j}");
            }
        }
    }
}
