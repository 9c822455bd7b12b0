using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>Against the two products by themselves, bit for bit; those are compared with float64 in <see cref="LinearTests"/>.</summary>
public sealed unsafe class GatedLinearTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_outputs(int width)
    {
        for (int outputs = 1; outputs <= 256; outputs++) Compare<GeluErf>(width, 1, 3, 7, outputs);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_inputs(int width)
    {
        for (int inputs = 0; inputs <= 256; inputs++) Compare<Silu>(width, 1, 2, inputs, 33);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_rows(int width)
    {
        for (int rows = 0; rows <= 60; rows++) Compare<GeluTanh>(width, 1, rows, 19, 40);
        Compare<Relu>(width, 1, 203, 36, 36);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Shapes_of_today(int width)
    {
        foreach ((int k, int n) in new[] { (768, 1152), (768, 2048), (32, 26) }) Compare<GeluErf>(width, 1, 5, k, n);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_threads_give_the_bits_of_one(int width)
    {
        foreach ((int t, int k, int n) in new[] { (3, 700, 500), (130, 96, 100), (401, 64, 64) }) Compare<GeluErf>(width, 2, t, k, n);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        PackedMatrix weights = data.Matrix(8, 128);
        PackedVector bias = data.Vector(128);
        Rows x = data.Rows(2, 8);
        Rows y = data.Rows(2, 40);
        GatedLinear.Apply<Silu>(crew, x, weights, bias, y);
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, data.Rows(2, 7), weights, bias, y));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, data.Matrix(8, 96), bias, y));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, data.Matrix(8, 80), data.Vector(80), y));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, weights, data.Vector(80), y));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, weights, bias, data.Rows(2, 65)));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, weights, bias, data.Rows(3, 40)));
        Assert.Throws<ArgumentException>(() => GatedLinear.Apply<Silu>(crew, x, weights, bias, new Rows(y.Values, 2, 40, 40)));
    }

    private static void Compare<TActivation>(int width, int threads, int rows, int inputs, int outputs) where TActivation : struct, IActivation
    {
        using var data = new KernelData((rows * 1000) + (inputs * 10) + outputs);
        Rows x = data.RandomRows(rows, inputs);
        PackedMatrix gate = data.Matrix(inputs, outputs);
        PackedMatrix up = data.Matrix(inputs, outputs);
        PackedVector gateBias = data.Vector(outputs);
        PackedVector upBias = data.Vector(outputs);
        Rows expected = data.Rows(rows, outputs);
        Rows values = data.Rows(rows, outputs);
        var scalar = new Crew(1, SimdWidth.Scalar);
        Linear.Apply(scalar, x, gate, new BiasActivation<TActivation>(gateBias), expected);
        Linear.Apply(scalar, x, up, new Bias(upBias), values);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < outputs; j++) expected[i][j] *= values[i][j];
        }

        int whole = (outputs + 31) / 32 * 32;
        PackedMatrix weights = data.Matrix(inputs, 2 * whole);
        PackedVector bias = data.Vector(2 * whole);
        for (int panel = 0; panel < whole / 32; panel++)
        {
            Interleave(gate.Panels, up.Panels, weights.Panels, panel, inputs * 32);
            Interleave(gateBias.Values, upBias.Values, bias.Values, panel, 32);
        }

        Rows y = data.Rows(rows, outputs);
        using var crew = new Crew(threads, (SimdWidth)width);
        GatedLinear.Apply<TActivation>(crew, x, weights, bias, y);
        SameBits(ToArray(expected), ToArray(y), $"width {width}, {threads} threads: [{rows},{inputs}]·[{inputs},{outputs}]");
    }

    private static void Interleave(float* first, float* second, float* both, int panel, int size)
    {
        new Span<float>(first + (panel * size), size).CopyTo(new Span<float>(both + (2 * panel * size), size));
        new Span<float>(second + (panel * size), size).CopyTo(new Span<float>(both + (((2 * panel) + 1) * size), size));
    }
}
