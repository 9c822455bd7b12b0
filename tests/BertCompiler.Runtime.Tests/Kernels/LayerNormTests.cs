using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed unsafe class LayerNormTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length(int width)
    {
        for (int columns = 1; columns <= 256; columns++) Compare(width, 2, columns, 1e-12f);
        foreach (int columns in new[] { 312, 384, 768, 1024 }) Compare(width, 37, columns, 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Equal_values_give_the_shift(int width)
    {
        using var data = new KernelData();
        Rows x = data.Rows(1, 40);
        x[0].Fill(3f);
        PackedVector scale = data.Vector(40);
        PackedVector shift = data.Vector(40);
        LayerNorm.Apply(new Crew(1, (SimdWidth)width), x, scale, shift, 1e-12f, x);
        SameBits(new Span<float>(shift.Values, 40), x[0], "LayerNorm of equal values");
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        Rows x = data.Rows(2, 8);
        PackedVector good = data.Vector(8);
        Assert.Throws<ArgumentException>(() => LayerNorm.Apply(crew, x, data.Vector(7), good, 1e-12f, x));
        Assert.Throws<ArgumentException>(() => LayerNorm.Apply(crew, x, good, data.Vector(9), 1e-12f, x));
        Assert.Throws<ArgumentException>(() => LayerNorm.Apply(crew, x, good, good, 1e-12f, data.Rows(1, 8)));
        Assert.Throws<ArgumentException>(() => LayerNorm.Apply(crew, new Rows(x.Values, 2, 8, 8), good, good, 1e-12f, x));
    }

    // Rounding of mean, variance and factor: some units in the last place of the greatest (x−μ)·factor·scale; 1e-6 is 8 of them at 1.
    private static void Compare(int width, int rows, int columns, float epsilon)
    {
        using var data = new KernelData(columns);
        Rows x = data.RandomRows(rows, columns, 3f);
        PackedVector scale = data.Vector(columns);
        PackedVector shift = data.Vector(columns);
        Rows y = data.Rows(rows, columns);
        Rows scalar = data.Rows(rows, columns);
        Rows inPlace = data.Copy(x);
        var crew = new Crew(1, (SimdWidth)width);
        LayerNorm.Apply(crew, x, scale, shift, epsilon, y);
        LayerNorm.Apply(new Crew(1, SimdWidth.Scalar), x, scale, shift, epsilon, scalar);
        LayerNorm.Apply(crew, inPlace, scale, shift, epsilon, inPlace);
        SameBits(ToArray(scalar), ToArray(y), $"width {width}, {columns} columns");
        SameBits(ToArray(y), ToArray(inPlace), $"in place, {columns} columns");
        for (int i = 0; i < rows; i++)
        {
            double mean = 0;
            double variance = 0;
            foreach (float v in x[i]) mean += (double)v / columns;
            foreach (float v in x[i]) variance += (v - mean) * (v - mean) / columns;
            for (int j = 0; j < columns && columns > 2; j++)
            {
                double normal = (x[i][j] - mean) / Math.Sqrt(variance + epsilon);
                Near((normal * scale.Values[j]) + shift.Values[j], y[i][j], 1e-6 * (1 + Math.Abs(normal) + (3 / Math.Sqrt(variance))), $"{columns} columns at {i},{j}");
            }
        }
    }
}
