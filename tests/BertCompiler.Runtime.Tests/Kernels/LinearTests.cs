using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class LinearTests
{
    // Half a unit in the last place of 1.
    private const double Unit = 1.0 / (1 << 24);

    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_outputs(int width)
    {
        for (int outputs = 1; outputs <= 256; outputs++) Compare(width, 3, 7, outputs);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_inputs(int width)
    {
        for (int inputs = 0; inputs <= 256; inputs++) Compare(width, 2, inputs, 33);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_rows(int width)
    {
        for (int rows = 0; rows <= 60; rows++) Compare(width, rows, 19, 40);
        Compare(width, 203, 36, 36);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Shapes_of_Bert(int width)
    {
        foreach ((int k, int n) in new[] { (384, 1152), (384, 384), (384, 1536), (1536, 384), (28, 111), (111, 28), (768, 2304), (3072, 768) }) Compare(width, 5, k, n);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_row_has_the_same_bits_anywhere(int width)
    {
        using var data = new KernelData();
        var crew = new Crew(1, (SimdWidth)width);
        PackedMatrix weights = data.Matrix(50, 70);
        PackedVector bias = data.Vector(70);
        Rows x = data.RandomRows(100, 50);
        Rows all = data.Rows(100, 70);
        Linear.Apply(crew, x, weights, new Bias(bias), all);
        for (int first = 0; first < 100; first += 3)
        {
            int count = Math.Min(100 - first, 1 + (first % 29));
            Rows part = data.Rows(count, 70);
            Linear.Apply(crew, x.Slice(first, count), weights, new Bias(bias), part);
            SameBits(ToArray(all.Slice(first, count)), ToArray(part), $"rows {first} to {first + count}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_threads_give_the_bits_of_one(int width)
    {
        using var data = new KernelData();
        using var two = new Crew(2, (SimdWidth)width);
        var one = new Crew(1, (SimdWidth)width);
        foreach ((int t, int k, int n) in new[] { (3, 700, 500), (130, 96, 100), (401, 64, 64) })
        {
            Rows x = data.RandomRows(t, k);
            PackedMatrix weights = data.Matrix(k, n);
            PackedVector bias = data.Vector(n);
            PackedVector scale = data.Vector(n);
            Rows residual = data.RandomRows(t, n);
            Rows expected = data.Rows(t, n);
            Rows actual = data.Rows(t, n);
            Linear.Apply(one, x, weights, new BiasActivation<GeluErf>(bias), expected);
            Linear.Apply(two, x, weights, new BiasActivation<GeluErf>(bias), actual);
            SameBits(ToArray(expected), ToArray(actual), "product");
            Linear.ApplyLayerNorm(one, x, weights, bias, residual, scale, bias, 1e-12f, expected);
            Linear.ApplyLayerNorm(two, x, weights, bias, residual, scale, bias, 1e-12f, actual);
            SameBits(ToArray(expected), ToArray(actual), "product and LayerNorm");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_result_may_replace_the_residual(int width)
    {
        using var data = new KernelData();
        var crew = new Crew(1, (SimdWidth)width);
        Rows x = data.RandomRows(75, 45);
        PackedMatrix weights = data.Matrix(45, 61);
        PackedVector bias = data.Vector(61);
        PackedVector scale = data.Vector(61);
        Rows residual = data.RandomRows(75, 61);
        Rows apart = data.Rows(75, 61);
        Rows inPlace = data.Copy(residual);
        Linear.Apply(crew, x, weights, new BiasResidual(bias, residual), apart);
        Linear.Apply(crew, x, weights, new BiasResidual(bias, inPlace), inPlace);
        SameBits(ToArray(apart), ToArray(inPlace), "x·W + b + residual");

        inPlace = data.Copy(residual);
        Linear.ApplyLayerNorm(crew, x, weights, bias, residual, scale, bias, 1e-5f, apart);
        Linear.ApplyLayerNorm(crew, x, weights, bias, inPlace, scale, bias, 1e-5f, inPlace);
        SameBits(ToArray(apart), ToArray(inPlace), "LayerNorm(x·W + b + residual)");
    }

    /// <summary>f(x·W + b) + r is the sum of the two, rounded once more.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void A_residual_is_added_behind_the_activation(int width)
    {
        using var data = new KernelData();
        var crew = new Crew(1, (SimdWidth)width);
        Rows x = data.RandomRows(33, 45);
        PackedMatrix weights = data.Matrix(45, 61);
        PackedVector bias = data.Vector(61);
        Rows residual = data.RandomRows(33, 61);
        Rows activated = data.Rows(33, 61);
        Linear.Apply(crew, x, weights, new BiasActivation<Silu>(bias), activated);
        for (int i = 0; i < activated.Count; i++)
        {
            for (int j = 0; j < activated.Columns; j++) activated[i][j] += residual[i][j];
        }

        Rows actual = data.Rows(33, 61);
        Linear.Apply(crew, x, weights, new BiasActivationResidual<Silu>(bias, residual), actual);
        SameBits(ToArray(activated), ToArray(actual), "silu(x·W + b) + r");
        Linear.Apply(crew, x, weights, new BiasActivationResidual<Silu>(bias, residual), residual);
        SameBits(ToArray(activated), ToArray(residual), "in place");
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new BiasActivationResidual<Silu>(bias, data.Rows(33, 60)), actual));
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new BiasActivationResidual<Silu>(data.Vector(60), residual), actual));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void LayerNorm_in_one_call_is_LayerNorm_in_two(int width)
    {
        using var data = new KernelData();
        var crew = new Crew(1, (SimdWidth)width);
        Rows x = data.RandomRows(500, 20);
        PackedMatrix weights = data.Matrix(20, 50);
        PackedVector bias = data.Vector(50);
        PackedVector scale = data.Vector(50);
        Rows residual = data.RandomRows(500, 50);
        Rows expected = data.Rows(500, 50);
        Rows actual = data.Rows(500, 50);
        Linear.Apply(crew, x, weights, new BiasResidual(bias, residual), expected);
        LayerNorm.Apply(crew, expected, scale, bias, 1e-12f, expected);
        Linear.ApplyLayerNorm(crew, x, weights, bias, residual, scale, bias, 1e-12f, actual);
        SameBits(ToArray(expected), ToArray(actual), "LayerNorm");
    }

    /// <summary>The sum goes on beside its norm; it may take the residual's place.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void A_sum_and_its_LayerNorm_in_one_call_are_those_of_two(int width)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using var data = new KernelData();
            using var crew = new Crew(threads, (SimdWidth)width);
            Rows x = data.RandomRows(500, 60);
            PackedMatrix weights = data.Matrix(60, 50);
            PackedVector bias = data.Vector(50);
            PackedVector scale = data.Vector(50);
            Rows residual = data.RandomRows(500, 50);
            Rows expectedSum = data.Rows(500, 50);
            Rows expected = data.Rows(500, 50);
            Linear.Apply(new Crew(1, SimdWidth.Scalar), x, weights, new BiasResidual(bias, residual), expectedSum);
            LayerNorm.Apply(new Crew(1, SimdWidth.Scalar), expectedSum, scale, bias, 1e-12f, expected);
            foreach (Rows sum in new[] { data.Rows(500, 50), residual })
            {
                Rows actual = data.Rows(500, 50);
                Linear.ApplyResidualNorm(crew, x, weights, bias, residual, scale, bias, 1e-12f, sum, actual);
                SameBits(ToArray(expectedSum), ToArray(sum), "sum");
                SameBits(ToArray(expected), ToArray(actual), "LayerNorm");
            }
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        PackedMatrix weights = data.Matrix(8, 9);
        Rows x = data.Rows(2, 8);
        Rows y = data.Rows(2, 9);
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, data.Rows(2, 7), weights, new Bias(data.Vector(9)), y));
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new Bias(data.Vector(8)), y));
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new Bias(data.Vector(9)), data.Rows(3, 9)));
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new BiasResidual(data.Vector(9), data.Rows(1, 9)), y));
        Assert.Throws<ArgumentException>(() => Linear.Apply(crew, x, weights, new BiasActivation<Relu>(data.Vector(10)), y));
        PackedVector nine = data.Vector(9);
        Linear.ApplyResidualNorm(crew, x, weights, nine, y, nine, nine, 1e-12f, y, data.Rows(2, 9));
        Assert.Throws<ArgumentException>(() => Linear.ApplyResidualNorm(crew, x, weights, nine, y, nine, nine, 1e-12f, y, data.Rows(1, 9)));
        Assert.Throws<ArgumentException>(() => Linear.ApplyResidualNorm(crew, x, weights, nine, y, nine, nine, 1e-12f, y, data.Rows(2, 8)));
        Assert.Throws<ArgumentException>(() => Linear.ApplyResidualNorm(crew, x, weights, nine, data.Rows(3, 9), nine, nine, 1e-12f, y, y));
    }

    // Against float64, |error| ≤ (K + 2)·u·(Σ|x·w| + |b|); against one float at a time, bit for bit.
    private static void Compare(int width, int rows, int inputs, int outputs)
    {
        using var data = new KernelData((rows * 1000) + (inputs * 10) + outputs);
        Rows x = data.RandomRows(rows, inputs);
        PackedMatrix weights = data.Matrix(inputs, outputs);
        PackedVector bias = data.Vector(outputs);
        Rows y = data.Rows(rows, outputs);
        Linear.Apply(new Crew(1, (SimdWidth)width), x, weights, new Bias(bias), y);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                string what = $"[{rows},{inputs}]·[{inputs},{outputs}] at {i},{j}";
                float chain = 0;
                double exact = Bias(bias, j);
                double size = Math.Abs(exact);
                for (int k = 0; k < inputs; k++)
                {
                    chain = MathF.FusedMultiplyAdd(x[i][k], At(weights, k, j), chain);
                    exact += (double)x[i][k] * At(weights, k, j);
                    size += Math.Abs((double)x[i][k] * At(weights, k, j));
                }

                Near(exact, y[i][j], (inputs + 2) * Unit * size, what);
                Assert.True(BitConverter.SingleToInt32Bits(chain + Bias(bias, j)) == BitConverter.SingleToInt32Bits(y[i][j]), what);
            }
        }
    }

    private static unsafe float Bias(PackedVector bias, int j) => bias.Values[j];
}
