using System.Runtime.InteropServices;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>Quantised weights are, bit for bit, what ONNX Runtime makes of them.</summary>
public sealed class QuantizedDataTest
{
    private readonly Random _random = new(11);

    public static TheoryData<string, int, int, bool, bool> Linears()
    {
        var data = new TheoryData<string, int, int, bool, bool>();
        foreach (string type in new[] { "Int8", "UInt8", "Int4", "UInt4" })
        {
            data.Add(type, -1, 0, true, false);
            data.Add(type, 0, 0, true, false);
            data.Add(type, 1, 0, false, false);
            data.Add(type, 1, 16, true, false);
            data.Add(type, 0, 16, false, false);
            data.Add(type, 1, 0, true, true);
        }

        return data;
    }

    /// <summary>Axis −1 stands for one scale.</summary>
    [Theory]
    [MemberData(nameof(Linears))]
    public void DequantizeLinear(string typeName, int axis, int block, bool zeroPoints, bool halves)
    {
        (OnnxType type, OnnxType scaleType) = (Enum.Parse<OnnxType>(typeName), halves ? OnnxType.Float16 : OnnxType.Float);
        const int rows = 33, columns = 47;
        int bits = OnnxTypes.BitsOf(type)!.Value;
        long[] scaleDims = (axis, block) switch
        {
            (-1, _) => [],
            (0, 0) => [rows],
            (0, _) => [(rows + block - 1) / block, columns],
            (_, 0) => [columns],
            _ => [rows, (columns + block - 1) / block],
        };
        int scales = (int)scaleDims.Aggregate(1L, (p, d) => p * d);
        OnnxBytes graph = new OnnxBytes().Add("q", type, [rows, columns], RandomBytes(((rows * columns * bits) + 7) / 8)).Add("s", scaleType, scaleDims, Scales(scales, scaleType));
        if (zeroPoints) graph.Add("z", type, scaleDims, RandomBytes(((scales * bits) + 7) / 8));
        (string, long)[] attributes = axis < 0 ? [] : block == 0 ? [("axis", axis)] : [("axis", axis), ("block_size", block)];
        graph.Node("DequantizeLinear", zeroPoints ? ["q", "s", "z"] : ["q", "s"], "d", "", attributes).Node("Cast", ["d"], "y", "", ("to", 1)).Output("y");
        byte[] model = graph.Model();
        using OnnxGraph opened = OnnxModels.Open(model);
        QuantizedData data = QuantizedData.Linear(opened.Constant("q")!, opened.Constant("s")!, opened.Constant("z"), Math.Max(axis, 0), block);
        CheckSame(Run(model), data, rows, columns);
    }

    [Theory]
    [InlineData(2, "none", 16, false)]
    [InlineData(2, "none", 32, false)]
    [InlineData(2, "none", 32, true)]
    [InlineData(2, "packed", 16, false)]
    [InlineData(2, "packed", 32, false)]
    [InlineData(2, "packed", 32, true)]
    [InlineData(2, "floats", 16, false)]
    [InlineData(2, "floats", 32, false)]
    [InlineData(2, "floats", 32, true)]
    [InlineData(4, "none", 16, false)]
    [InlineData(4, "none", 32, false)]
    [InlineData(4, "none", 32, true)]
    [InlineData(4, "packed", 16, false)]
    [InlineData(4, "packed", 32, false)]
    [InlineData(4, "packed", 32, true)]
    [InlineData(4, "floats", 16, false)]
    [InlineData(4, "floats", 32, false)]
    [InlineData(4, "floats", 32, true)]
    [InlineData(8, "none", 16, false)]
    [InlineData(8, "none", 32, false)]
    [InlineData(8, "none", 32, true)]
    [InlineData(8, "packed", 16, false)]
    [InlineData(8, "packed", 32, false)]
    [InlineData(8, "packed", 32, true)]
    public void MatMulNBits(int bits, string zeros, int block, bool halves)
    {
        const int n = 19, k = 100;
        int blocks = (k + block - 1) / block;
        OnnxType scaleType = halves ? OnnxType.Float16 : OnnxType.Float;
        OnnxBytes graph = new OnnxBytes().Input("x", scaleType).Add("q", OnnxType.UInt8, [n, blocks, block * bits / 8], RandomBytes(n * blocks * block * bits / 8))
            .Add("s", scaleType, [n * blocks], Scales(n * blocks, scaleType));
        if (zeros == "packed") graph.Add("z", OnnxType.UInt8, [n * (((blocks * bits) + 7) / 8)], RandomBytes(n * (((blocks * bits) + 7) / 8)));
        if (zeros == "floats") graph.Add("z", scaleType, [n, blocks], Scales(n * blocks, scaleType));
        string[] inputs = zeros == "none" ? ["x", "q", "s"] : ["x", "q", "s", "z"];
        graph.Node("MatMulNBits", inputs, "m", "com.microsoft", ("N", n), ("K", k), ("bits", bits), ("block_size", block)).Node("Cast", ["m"], "y", "", ("to", 1)).Output("y");
        byte[] model = graph.Model();
        using OnnxGraph opened = OnnxModels.Open(model);
        QuantizedData data = QuantizedData.MatMulNBits(opened.Constant("q")!, opened.Constant("s")!, opened.Constant("z"), n, k, bits, block);
        float[] transposed = Run(model, k, halves);
        float[] expected = new float[n * k];
        for (int i = 0; i < k; i++)
        {
            for (int o = 0; o < n; o++) expected[(o * k) + i] = transposed[(i * n) + o];
        }

        if (!halves) CheckSame(expected, data, n, k);
        else Assert.Equal(expected, ReadAll(data, n * k).Select(v => (float)(Half)v));
    }

    [Theory]
    [InlineData("UInt8", 4, true)]
    [InlineData("UInt8", 4, false)]
    [InlineData("UInt8", 8, true)]
    [InlineData("UInt8", 8, false)]
    [InlineData("Int4", 4, true)]
    [InlineData("Int4", 4, false)]
    [InlineData("UInt4", 4, true)]
    [InlineData("UInt4", 4, false)]
    public void GatherBlockQuantized(string typeName, int bits, bool zeroPoints)
    {
        OnnxType type = Enum.Parse<OnnxType>(typeName);
        const int rows = 13, width = 72, block = 16, blocks = 5;
        bool packed = type == OnnxType.UInt8;
        OnnxBytes graph = new OnnxBytes().Input("x", OnnxType.Int64).Add("q", type, [rows, packed ? width * bits / 8 : width], RandomBytes(rows * width * bits / 8)).Add("s", OnnxType.Float, [rows, blocks], Scales(rows * blocks, OnnxType.Float));
        int rowBytes = ((blocks * bits) + 7) / 8;
        if (zeroPoints) graph.Add("z", type, [rows, packed ? rowBytes : blocks], RandomBytes(packed ? rows * rowBytes : ((rows * blocks * bits) + 7) / 8));
        graph.Node("GatherBlockQuantized", zeroPoints ? ["q", "x", "s", "z"] : ["q", "x", "s"], "y", "com.microsoft", ("bits", bits), ("block_size", block), ("quantize_axis", 1), ("gather_axis", 0)).Output("y");
        byte[] model = graph.Model();
        using OnnxGraph opened = OnnxModels.Open(model);
        QuantizedData data = QuantizedData.GatherBlocks(opened.Constant("q")!, opened.Constant("s")!, opened.Constant("z"), bits, block);
        CheckSame(RunRows(model, rows), data, rows, width);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        byte[] model = new OnnxBytes().Add("q", OnnxType.UInt8, [2, 2, 8], new byte[32]).Add("s", [4], [1, 1, 1, 1]).Add("z", OnnxType.UInt8, [3], new byte[3]).Add("i", OnnxType.Int32, [4], new byte[16]).Model();
        using OnnxGraph graph = OnnxModels.Open(model);
        (OnnxTensor q, OnnxTensor s, OnnxTensor z, OnnxTensor i) = (graph.Constant("q")!, graph.Constant("s")!, graph.Constant("z")!, graph.Constant("i")!);
        Check(ProblemKinds.OnnxBounds, "'q'", () => QuantizedData.MatMulNBits(q, s, null, 2, 40, 4, 16));
        Check(ProblemKinds.OnnxBounds, "'s'", () => QuantizedData.MatMulNBits(q, s, null, 2, 32, 4, 32));
        Check(ProblemKinds.OnnxBounds, "'z'", () => QuantizedData.MatMulNBits(q, s, z, 2, 32, 4, 16));
        Check(ProblemKinds.OnnxDtype, "'i'", () => QuantizedData.MatMulNBits(q, i, null, 2, 32, 4, 16));
        Check(ProblemKinds.OnnxUnsupported, "3 bits", () => QuantizedData.MatMulNBits(q, s, null, 2, 32, 3, 16));
        Check(ProblemKinds.OnnxUnsupported, "blocks of 0", () => QuantizedData.MatMulNBits(q, s, null, 2, 32, 4, 0));
        Check(ProblemKinds.OnnxBounds, "axis", () => QuantizedData.Linear(z, s, null, 1, 0));

        static void Check(ProblemKind kind, string word, Func<object> open)
        {
            Problem problem = Assert.Throws<ImportException>(open).Problem;
            Assert.Same(kind, problem.Kind);
            Assert.Contains(word, problem.Message, StringComparison.Ordinal);
        }
    }

    private static float[] ReadAll(Tool.Importers.Formats.TensorData data, int count)
    {
        var values = new float[count];
        data.Read(0, values);
        return values;
    }

    /// <summary>As a whole, in pieces, and transposed.</summary>
    private void CheckSame(float[] expected, QuantizedData data, int rows, int columns)
    {
        Assert.Equal((rows, columns), (data.Rows, data.Columns));
        Assert.Equal(expected, ReadAll(data, rows * columns));
        float[] transposed = ReadAll(data.Transposed(new WholeTensor()), rows * columns);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], transposed[(i % columns * rows) + (i / columns)]);
        for (int i = 0; i < 20; i++)
        {
            int first = _random.Next(expected.Length);
            var part = new float[_random.Next(1, expected.Length - first + 1)];
            data.Read(first, part);
            Assert.Equal(expected.AsSpan(first, part.Length).ToArray(), part);
        }
    }

    private static float[] Run(byte[] model, int? identity = null, bool halves = false)
    {
        List<NamedOnnxValue> inputs = [];
        if (identity is { } k && halves) inputs.Add(NamedOnnxValue.CreateFromTensor("x", new DenseTensor<Float16>(Identity(k).Select(v => (Float16)v).ToArray(), [k, k])));
        else if (identity is { } size) inputs.Add(NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Identity(size), [size, size])));
        return Run(model, inputs);
    }

    private static float[] RunRows(byte[] model, int rows) =>
        Run(model, [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<long>(Enumerable.Range(0, rows).Select(r => (long)r).ToArray(), [rows]))]);

    private static float[] Run(byte[] model, IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(inputs);
        return [.. results[0].AsEnumerable<float>()];
    }

    private static float[] Identity(int size)
    {
        var values = new float[size * size];
        for (int i = 0; i < size; i++) values[(i * size) + i] = 1;
        return values;
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Of either sign.</summary>
    private byte[] Scales(int count, OnnxType type)
    {
        float[] scales = [.. Enumerable.Range(0, count).Select(_ => (_random.NextSingle() - 0.5f) / 8)];
        return type == OnnxType.Float ? MemoryMarshal.AsBytes<float>(scales).ToArray() : MemoryMarshal.AsBytes<Half>([.. scales.Select(s => (Half)s)]).ToArray();
    }
}
