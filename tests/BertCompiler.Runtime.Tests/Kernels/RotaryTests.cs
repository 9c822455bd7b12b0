using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class RotaryTests
{
    private const int Positions = 50;

    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Halves(int width) => Compare<RotaryHalves>(width, (j, half) => (j, j + half));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Pairs(int width) => Compare<RotaryPairs>(width, (j, _) => (2 * j, (2 * j) + 1));

    /// <summary>A product of a turned query and a turned key depends on the distance alone.</summary>
    [Fact]
    public void Only_distances_count()
    {
        using var data = new KernelData();
        PackedTable angles = Angles(data, 10);
        Rows first = data.RandomRows(2, 20);
        Rows second = data.Copy(first);
        Rotary.Apply<RotaryHalves>(new Crew(1), first, [3, 9], angles, 2, 10);
        Rotary.Apply<RotaryHalves>(new Crew(1), second, [31, 37], angles, 2, 10);
        Near(Product(first), (float)Product(second), 1e-5, "distance 6");

        static double Product(Rows x)
        {
            double sum = 0;
            for (int d = 0; d < 10; d++) sum += (double)x[0][d] * x[1][10 + d];
            return sum;
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        Rows x = data.Rows(2, 24);
        Assert.Throws<ArgumentException>(() => Rotary.Apply<RotaryHalves>(crew, x, [0], data.Table(4, 8), 3, 8));
        Assert.Throws<ArgumentException>(() => Rotary.Apply<RotaryHalves>(crew, x, [0, 1], data.Table(4, 6), 3, 8));
        Assert.Throws<ArgumentException>(() => Rotary.Apply<RotaryHalves>(crew, x, [0, 1], data.Table(4, 8), 4, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rotary.Apply<RotaryHalves>(crew, x, [0, 1], data.Table(4, 7), 3, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rotary.Apply<RotaryHalves>(crew, x, [0, 4], data.Table(4, 8), 3, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rotary.Apply<RotaryHalves>(crew, x, [-1, 0], data.Table(4, 8), 3, 8));
        Rotary.Apply<RotaryHalves>(crew, data.Rows(0, 24), [], data.Table(4, 8), 3, 8);
    }

    /// <summary>Head sizes whose halves are whole groups of 16, less, and more; with columns after the heads and without.</summary>
    private static void Compare<TPairs>(int width, Func<int, int, (int First, int Second)> pair) where TPairs : struct, IRotaryPairs
    {
        foreach ((int heads, int size, int more) in new[] { (3, 64, 64), (2, 32, 0), (4, 24, 0), (2, 80, 7), (5, 6, 1), (1, 2, 0), (3, 62, 0), (2, 128, 256) })
        {
            using var data = new KernelData(size);
            using var two = new Crew(2, (SimdWidth)width);
            PackedTable angles = Angles(data, size);
            Rows before = data.RandomRows(Positions, (heads * size) + more, 3f);
            Rows after = data.Copy(before);
            Rows scalar = data.Copy(before);
            int[] positions = [.. Enumerable.Range(0, Positions).Select(i => i * 17 % Positions)];
            Rotary.Apply<TPairs>(two, after, positions, angles, heads, size);
            Rotary.Apply<TPairs>(new Crew(1, SimdWidth.Scalar), scalar, positions, angles, heads, size);
            SameBits(ToArray(scalar), ToArray(after), $"width {width}, {heads} heads of {size}");
            for (int i = 0; i < Positions; i++)
            {
                for (int head = 0; head < heads; head++)
                {
                    for (int j = 0; j < size / 2; j++)
                    {
                        (int a, int b) = pair(j, size / 2);
                        (a, b) = (a + (head * size), b + (head * size));
                        (double sine, double cosine) = Math.SinCos(positions[i] / Math.Pow(100, 2.0 * j / size));
                        Near((before[i][a] * cosine) - (before[i][b] * sine), after[i][a], 1e-6, $"row {i}, column {a} of {heads} heads of {size}");
                        Near((before[i][b] * cosine) + (before[i][a] * sine), after[i][b], 1e-6, $"row {i}, column {b} of {heads} heads of {size}");
                    }
                }

                SameBits(before[i][(heads * size)..], after[i][(heads * size)..], "columns after the heads");
            }
        }
    }

    private static unsafe PackedTable Angles(KernelData data, int size)
    {
        PackedTable table = data.Table(Positions, size);
        for (int p = 0; p < Positions; p++)
        {
            for (int j = 0; j < size / 2; j++)
            {
                (double sine, double cosine) = Math.SinCos(p / Math.Pow(100, 2.0 * j / size));
                float* row = table.Values + ((long)p * table.Stride);
                (row[j], row[j + (size / 2)]) = ((float)sine, (float)cosine);
            }
        }

        return table;
    }
}
