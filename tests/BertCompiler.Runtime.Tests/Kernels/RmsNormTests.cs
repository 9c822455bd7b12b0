using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed unsafe class RmsNormTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length(int width)
    {
        for (int columns = 1; columns <= 256; columns++) Compare(width, 2, columns, 1e-6f, 3f);
        foreach (int columns in new[] { 312, 384, 768, 1024, 2304 }) Compare(width, 37, columns, 1e-5f, 3f);
    }

    /// <summary>Of rows as small as √ε, the result depends on it.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Epsilon_is_added_to_the_mean_of_the_squares(int width) => Compare(width, 3, 40, 1e-2f, 0.1f);

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_row_of_zeros_stays_zeros(int width)
    {
        using var data = new KernelData();
        Rows x = data.Rows(1, 40);
        RmsNorm.Apply(new Crew(1, (SimdWidth)width), x, data.Vector(40), 1e-6f, x);
        Assert.All(ToArray(x), v => Assert.Equal(0f, v));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_threads_give_the_bits_of_one(int width)
    {
        using var data = new KernelData();
        using var two = new Crew(2, (SimdWidth)width);
        Rows x = data.RandomRows(301, 400);
        PackedVector scale = data.Vector(400);
        Rows expected = data.Rows(301, 400);
        Rows actual = data.Rows(301, 400);
        RmsNorm.Apply(new Crew(1, (SimdWidth)width), x, scale, 1e-6f, expected);
        RmsNorm.Apply(two, x, scale, 1e-6f, actual);
        SameBits(ToArray(expected), ToArray(actual), "RMS norm");
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        Rows x = data.Rows(2, 8);
        PackedVector good = data.Vector(8);
        Assert.Throws<ArgumentException>(() => RmsNorm.Apply(crew, x, data.Vector(7), 1e-6f, x));
        Assert.Throws<ArgumentException>(() => RmsNorm.Apply(crew, x, good, 1e-6f, data.Rows(1, 8)));
        Assert.Throws<ArgumentException>(() => RmsNorm.Apply(crew, x, good, 1e-6f, data.Rows(2, 9)));
        Assert.Throws<ArgumentException>(() => RmsNorm.Apply(crew, new Rows(x.Values, 2, 8, 8), good, 1e-6f, x));
    }

    // Each term of the sum is positive, so it keeps its digits: (N/16 + 4 + 5 roundings of 2⁻²⁴)·|y|, the mean's root halving the first two.
    private static void Compare(int width, int rows, int columns, float epsilon, float size)
    {
        using var data = new KernelData(columns);
        Rows x = data.RandomRows(rows, columns, size);
        PackedVector scale = data.Vector(columns);
        Rows y = data.Rows(rows, columns);
        Rows scalar = data.Rows(rows, columns);
        Rows inPlace = data.Copy(x);
        var crew = new Crew(1, (SimdWidth)width);
        RmsNorm.Apply(crew, x, scale, epsilon, y);
        RmsNorm.Apply(new Crew(1, SimdWidth.Scalar), x, scale, epsilon, scalar);
        RmsNorm.Apply(crew, inPlace, scale, epsilon, inPlace);
        SameBits(ToArray(scalar), ToArray(y), $"width {width}, {columns} columns");
        SameBits(ToArray(y), ToArray(inPlace), $"in place, {columns} columns");
        for (int i = 0; i < rows; i++)
        {
            double squares = 0;
            foreach (float v in x[i]) squares += (double)v * v;
            for (int j = 0; j < columns; j++)
            {
                double exact = x[i][j] / Math.Sqrt((squares / columns) + epsilon) * scale.Values[j];
                Near(exact, y[i][j], ((columns / 32.0) + 7) / (1 << 24) * Math.Abs(exact), $"{columns} columns at {i},{j}");
            }
        }
    }
}
