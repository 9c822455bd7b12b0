using System.Text.Json;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class ActivationTests
{
    private delegate void Apply(Crew crew, Rows x, Rows y);

    public static TheoryData<int> Widths => KernelData.Widths;

    // The bound: absolute + relative to |f(x)| + relative to |x| (a GELU is a difference of terms of size |x|).
    private static readonly (string Name, Apply Run, Func<double, double> Exact, double Absolute, double Relative, double Input)[] s_functions =
    [
        ("linear", Activate<Identity>, x => x, 0, 0, 0),
        ("relu", Activate<Relu>, x => Math.Max(x, 0), 0, 0, 0),
        ("relu2", Activate<SquaredRelu>, x => Math.Max(x, 0) * Math.Max(x, 0), 0, 1.2e-7, 0),
        ("relu6", Activate<Relu6>, x => Math.Clamp(x, 0, 6), 0, 0, 0),

        // The rounding of x + 3 counts where it is near 0: 2⁻²³ of 3, times |x|/6.
        ("hardswish", Activate<HardSwish>, x => x * Math.Clamp(x + 3, 0, 6) / 6, 0, 3e-7, 1.2e-7),
        ("tanh", Activate<BertCompiler.Kernels.Tanh>, Math.Tanh, 0, 4.8e-7, 0),
        ("sigmoid", Activate<Sigmoid>, Float64.Sigmoid, 1e-37, 4.8e-7, 0),
        ("silu", Activate<Silu>, x => x * Float64.Sigmoid(x), 1e-35, 6e-7, 0),
        ("quick_gelu", Activate<QuickGelu>, x => x * Float64.Sigmoid(1.702 * x), 1e-7, 6e-7, 0),
        ("mish", Activate<Mish>, Float64.Mish, 1e-35, 1e-6, 0),
        ("elu", Activate<Elu>, x => x < 0 ? Float64.ExpMinusOne(x) : x, 1e-37, 1.2e-6, 0),
        ("leaky_relu", Activate<LeakyRelu>, x => x < 0 ? 0.01 * x : x, 1e-45, 1.2e-7, 0),
        ("softplus", Activate<Softplus>, Float64.Softplus, 1e-37, 6e-7, 0),
        ("gelu", Activate<GeluErf>, Float64.Gelu, 0, 1.2e-7, 1.6e-7),
        ("gelu_10", Activate<Gelu10>, x => Math.Clamp(Float64.Gelu(x), -10, 10), 0, 1.2e-7, 1.6e-7),
        ("gelu_new", Activate<GeluTanh>, Float64.GeluTanh, 0, 4.8e-7, 6e-8),
        ("gelu_fast", Activate<GeluFast>, x => 0.5 * x * (1 + Math.Tanh(0.7978845608 * x * (1 + (0.044715 * x * x)))), 0, 4.8e-7, 6e-8),
    ];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_function_is_near_float64(int width)
    {
        using var data = new KernelData();
        const int Columns = 4096;
        Rows x = data.Rows(12, Columns);
        for (int i = 0; i < 12; i++)
        {
            // Rows of even steps on ±2⁻⁸ … ±2⁷, each with an odd offset so that no two rows share points.
            double size = Math.ScaleB(1, i < 8 ? i : -(i - 7) * 2);
            for (int j = 0; j < Columns; j++) x[i][j] = (float)(size * (((2.0 * j) + 1 + (0.1 * i)) / Columns - 1));
        }

        Rows y = data.Rows(12, Columns);
        foreach (var function in s_functions)
        {
            function.Run(new Crew(1, (SimdWidth)width), x, y);
            for (int i = 0; i < 12; i++)
            {
                for (int j = 0; j < Columns; j++)
                {
                    double exact = function.Exact(x[i][j]);
                    double bound = function.Absolute + (function.Relative * Math.Abs(exact)) + (function.Input * Math.Abs(x[i][j]));
                    Near(exact, y[i][j], bound, $"{function.Name}({x[i][j]:R})");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_function_has_the_bits_of_scalar_code(int width)
    {
        using var data = new KernelData();
        Rows x = data.RandomRows(50, 256, 8f);
        float[] edges = [0f, -0f, 1e-30f, -1e-30f, 1e-42f, 88f, -88f, 86.9f, -87f, -87.1f, 1e30f, -1e30f, float.PositiveInfinity, 3.925f * 1.4142135f, 9.02f, 20f];
        edges.CopyTo(x[3]);
        Rows expected = data.Rows(50, 256);
        Rows actual = data.Rows(50, 256);
        foreach (var function in s_functions)
        {
            function.Run(new Crew(1, SimdWidth.Scalar), x, expected);
            function.Run(new Crew(1, (SimdWidth)width), x, actual);
            SameBits(ToArray(expected), ToArray(actual), function.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Not_a_number_stays_one(int width)
    {
        using var data = new KernelData();
        Rows x = data.Rows(1, 5);
        x[0].Fill(float.NaN);
        Rows y = data.Rows(1, 5);
        foreach (var function in s_functions)
        {
            function.Run(new Crew(1, (SimdWidth)width), x, y);
            foreach (float value in y[0]) Assert.True(float.IsNaN(value), function.Name);
        }
    }

    [SharedTheory]
    [MemberData(nameof(Widths))]
    public void Every_function_is_Hugging_Faces(int width)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden", "models", "activations.json")));
        float[] points = [.. json.RootElement.GetProperty("x").EnumerateArray().Select(e => (float)e.GetDouble())];
        using var data = new KernelData();
        Rows x = data.Rows(1, points.Length);
        points.CopyTo(x[0]);
        Rows y = data.Rows(1, points.Length);
        string[][] names =
        [
            ["linear"], ["relu"], ["relu2"], ["relu6"], ["hardswish"], ["tanh"], ["sigmoid"], ["silu", "swish"], ["quick_gelu"], ["mish"], ["leaky_relu"], ["gelu", "gelu_python"], ["gelu_10"],
            ["gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate"], ["gelu_fast"],
        ];
        foreach (string[] aliases in names)
        {
            var function = s_functions.Single(f => f.Name == aliases[0]);
            function.Run(new Crew(1, (SimdWidth)width), x, y);
            foreach (string name in aliases)
            {
                int i = 0;
                foreach (JsonElement expected in json.RootElement.GetProperty(name).EnumerateArray())
                {
                    // 2.5e-7·|x|: the points themselves are rounded to float, and a GELU is a difference of terms of size |x|.
                    Near(expected.GetDouble(), y[0][i], 1e-37 + (2.5e-7 * Math.Abs(points[i])) + (6e-7 * Math.Abs(expected.GetDouble())), $"{name}({points[i]:R})");
                    i++;
                }
            }
        }
    }

    // With no inputs a product is its bias: f(0 + x).
    private static unsafe void Activate<TActivation>(Crew crew, Rows x, Rows y) where TActivation : struct, IActivation
    {
        var none = new Rows(x.Values, 1, 0, 0);
        for (int i = 0; i < x.Count; i++)
        {
            var points = new PackedVector(x.Values + ((long)i * x.Stride), x.Columns);
            Linear.Apply(crew, none, new PackedMatrix(x.Values, 0, x.Columns), new BiasActivation<TActivation>(points), y.Slice(i, 1));
        }
    }
}
