using System.Globalization;
using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Writes an encoder as exporters do, for tests: any family, any form of its matrices.</summary>
internal sealed class ExportedGraph
{
    private readonly Family _family;
    private readonly IReadOnlyDictionary<string, (long[] Shape, float[] Values)> _tensors;
    private readonly string _prefix;
    private readonly int _heads;
    private readonly Quantizer _quantizer;

    /// <param name="family">The family.</param>
    /// <param name="tensors">Its parameters under Hugging Face's names.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="graph">Where it is written; null: a graph of its own.</param>
    public ExportedGraph(Family family, IReadOnlyDictionary<string, (long[] Shape, float[] Values)> tensors, int heads, OnnxWriter? graph = null)
    {
        Graph = graph ?? new OnnxWriter();
        (_family, _tensors, _heads) = (family, tensors, heads);
        _prefix = tensors.Keys.Any(n => n.StartsWith(family.Prefix, StringComparison.Ordinal)) ? family.Prefix : "";
        _quantizer = new Quantizer(Graph);
    }

    public OnnxWriter Graph { get; }

    public MatrixStyle Style { get; init; }

    /// <summary>LayerNorms as chains of elementary operators.</summary>
    public bool SplitNorms { get; init; }

    public TableStyle Tables { get; init; }

    public AttentionStyle Attention { get; init; }

    /// <summary>What the graph calls a parameter.</summary>
    public Func<string, string> Rename { get; init; } = n => n;

    /// <summary>Writes the activation behind a value.</summary>
    public Func<OnnxWriter, string, string>? Activation { get; init; }

    public float Epsilon { get; init; } = 1e-12f;

    public long PadId { get; init; } = 1;

    /// <summary>Residuals from before the LayerNorm, which is another kind of encoder.</summary>
    public bool NormFirst { get; init; }

    /// <summary>What quantised parameters stand for, by name.</summary>
    public IReadOnlyDictionary<string, float[]> Quantized => _quantizer.Values;

    private int Layers => Enumerable.Range(0, 100).First(l => !_tensors.ContainsKey(_prefix + Numbered(_family.AttentionOutput, l) + ".weight"));

    /// <summary>Writes the encoder; the result is its last hidden state.</summary>
    public string WriteEncoder()
    {
        Graph.Input("input_ids", 2);
        Graph.Input("attention_mask", 2);
        string sum = Graph.Node("Add", [Rows(_family.WordTable, "input_ids"), Rows(_family.PositionTable, Positions())]);
        if (_family.TypeTable is { } types) sum = Graph.Node("Add", [sum, Rows(types, Types())]);
        string x = Norm(_family.EmbeddingNorm!, sum);
        if (_family.EmbeddingProjection is { } projection && _tensors.ContainsKey(_prefix + projection + ".weight")) x = Linear(_prefix + projection, x);
        string mask = Graph.Node("Mul", [Graph.Node("Cast", ["attention_mask"], ("to", 1)), Graph.Float(-1e9f)]);
        for (int layer = 0; layer < Layers; layer++) x = Layer(layer, x, mask);
        return x;
    }

    /// <summary>A Linear layer.</summary>
    public string Linear(string stem, string x)
    {
        (long[] shape, float[] values) = _tensors[stem + ".weight"];
        (int outputs, int inputs) = ((int)shape[0], (int)shape[1]);
        string bias = Graph.Floats(Rename(stem + ".bias"), [outputs], _tensors[stem + ".bias"].Values);
        string stored = "onnx::MatMul_" + Graph.Nodes.Count.ToString(CultureInfo.InvariantCulture);
        if (Style == MatrixStyle.Gemm) return Graph.Node("Gemm", [x, Graph.Floats(Rename(stem + ".weight"), shape, values), bias], ("transB", 1));
        string product = Style switch
        {
            MatrixStyle.MatMul => Graph.Node("MatMul", [x, Graph.Floats(stored, [inputs, outputs], Graph.ExternalFile is null ? Transposed(values, outputs, inputs) : values)]),
            MatrixStyle.TransposeNode => Graph.Node("MatMul", [x, Graph.Node("Transpose", [Graph.Floats(Rename(stem + ".weight"), shape, values)], ("perm", new long[] { 1, 0 }))]),
            _ => Rounded(stem + ".weight", stored, x, values, outputs, inputs),
        };
        return Graph.Node("Add", [bias, product]);
    }

    /// <summary>A LayerNorm.</summary>
    public string Norm(string stem, string x)
    {
        string weight = Parameter(stem + ".weight");
        string bias = Parameter(stem + ".bias");
        if (!SplitNorms) return Graph.Node("LayerNormalization", [x, weight, bias], ("axis", -1), ("epsilon", Epsilon));
        string centred = Graph.Node("Sub", [x, Graph.Node("ReduceMean", [x], ("axes", new long[] { -1 }))]);
        string variance = Graph.Node("ReduceMean", [Graph.Node("Pow", [centred, Graph.Float(2)])], ("axes", new long[] { -1 }));
        string quotient = Graph.Node("Div", [centred, Graph.Node("Sqrt", [Graph.Node("Add", [variance, Graph.Float(Epsilon)])])]);
        return Graph.Node("Add", [Graph.Node("Mul", [quotient, weight]), bias]);
    }

    private static string Numbered(string stem, int layer) => stem.Replace("{layer}", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static float[] Transposed(float[] values, int outputs, int inputs)
    {
        var result = new float[values.Length];
        for (int i = 0; i < result.Length; i++) result[i] = values[((i % outputs) * inputs) + (i / outputs)];
        return result;
    }

    private string Parameter(string stem)
    {
        string name = _tensors.ContainsKey(_prefix + stem) ? _prefix + stem : stem;
        return Graph.Floats(Rename(name), _tensors[name].Shape, _tensors[name].Values);
    }

    private string Layer(int layer, string x, string mask)
    {
        string joined = Attention == AttentionStyle.Separate ? Separate(layer, x, mask) : Fused(layer, x);
        string attended = Graph.Node("Add", [Linear(_prefix + Numbered(_family.AttentionOutput, layer), joined), x]);
        string y = Norm(Numbered(_family.AttentionNorm, layer), attended);
        string up = Linear(_prefix + Numbered(_family.Intermediate[0].Name, layer), y);
        string active = Activation is null ? Erf(Graph, up) : Activation(Graph, up);
        string down = Graph.Node("Add", [Linear(_prefix + Numbered(_family.Output, layer), active), NormFirst ? attended : y]);
        return Norm(Numbered(_family.OutputNorm, layer), down);
    }

    private string Fused(int layer, string x)
    {
        string[] stems = [.. _family.QueryKeyValue.Select(s => _prefix + Numbered(s.Name, layer))];
        return new FusedAttentionWriter(Graph, _quantizer, _heads).Write(Attention, layer, x, [.. stems.Select(s => (s + ".weight", _tensors[s + ".weight"].Values, _tensors[s + ".bias"].Values))]);
    }

    private string Separate(int layer, string x, string mask)
    {
        // Value first, so that order alone does not tell what is what.
        string[] projected = new string[3];
        foreach (int i in new[] { 2, 0, 1 })
        {
            string linear = Linear(_prefix + Numbered(_family.QueryKeyValue[i].Name, layer), x);
            string split = Graph.Node("Reshape", [linear, Graph.Longs(0, 0, _heads, -1)]);
            projected[i] = Graph.Node("Transpose", [split], ("perm", i == 1 ? new long[] { 0, 2, 3, 1 } : [0, 2, 1, 3]));
        }

        string scores = Graph.Node("Add", [Graph.Node("Div", [Graph.Node("MatMul", [projected[0], projected[1]]), Graph.Float(3)]), mask]);
        if (_family.BucketTable is { } buckets) scores = Graph.Node("Add", [scores, Graph.Node("Gather", [Parameter(buckets + ".weight"), Graph.Node("Cast", ["attention_mask"], ("to", 7))])]);
        string context = Graph.Node("MatMul", [Graph.Node("Softmax", [scores], ("axis", -1)), projected[2]]);
        return Graph.Node("Reshape", [Graph.Node("Transpose", [context], ("perm", new long[] { 0, 2, 1, 3 })), Graph.Longs(0, 0, -1)]);
    }

    private static string Erf(OnnxWriter graph, string x)
    {
        string erf = graph.Node("Erf", [graph.Node("Div", [x, graph.Float(MathF.Sqrt(2))])]);
        return graph.Node("Mul", [graph.Node("Mul", [x, graph.Node("Add", [erf, graph.Float(1)])]), graph.Float(0.5f)]);
    }

    private string Rounded(string name, string stored, string x, float[] values, int outputs, int inputs)
    {
        switch (Style)
        {
            case MatrixStyle.Integers:
                var q = _quantizer.Columns(name, stored, values, outputs, inputs, unsigned: false);
                string dynamic = Graph.Node("DynamicQuantizeLinear", [x]);
                Graph.Nodes[^1].Output.AddRange([dynamic + "_scale", dynamic + "_zero"]);
                string integers = Graph.Node("Cast", [Graph.Node("MatMulInteger", [dynamic, q.Numbers, dynamic + "_zero", q.ZeroPoint])], ("to", 1));
                return Graph.Node("Mul", [integers, Graph.Node("Mul", [dynamic + "_scale", q.Scale])]);
            case MatrixStyle.Dynamic:
                var u = _quantizer.Columns(name, stored, values, outputs, inputs, unsigned: true);
                return Graph.Node("com.microsoft", "DynamicQuantizeMatMul", [x, u.Numbers, u.Scale, u.ZeroPoint]);
            case MatrixStyle.LinearBlocks:
                var l = _quantizer.LinearBlocks(name, stored, values, outputs, inputs, 16);
                return Graph.Node("MatMul", [x, Graph.Node("DequantizeLinear", [l.Numbers, l.Scales], ("axis", 0), ("block_size", 16))]);
            default:
                var b = _quantizer.FourBits(name, stored, values, outputs, inputs, Style == MatrixStyle.FourBitsWithZeroPoints);
                string[] operands = b.ZeroPoints.Length > 0 ? [x, b.Numbers, b.Scales, b.ZeroPoints] : [x, b.Numbers, b.Scales];
                return Graph.Node("com.microsoft", "MatMulNBits", operands, ("N", outputs), ("K", inputs), ("bits", 4), ("block_size", 32), ("accuracy_level", 4));
        }
    }

    private string Rows(string table, string indices)
    {
        string name = _prefix + table + ".weight";
        if (Tables == TableStyle.Plain) return Graph.Node("Gather", [Parameter(table + ".weight"), indices]);
        if (Tables == TableStyle.Blocks)
        {
            var b = _quantizer.BlockTable(Rename(name), _tensors[name].Values, _tensors[name].Shape, 16);
            return Graph.Node("com.microsoft", "GatherBlockQuantized", [b.Numbers, indices, b.Scales, b.ZeroPoints], ("gather_axis", 0), ("quantize_axis", 1), ("block_size", 16), ("bits", 4));
        }

        var q = _quantizer.Table(Rename(name), _tensors[name].Values, _tensors[name].Shape);
        if (Tables == TableStyle.BeforeGather) return Graph.Node("Gather", [Graph.Node("DequantizeLinear", [q.Numbers, q.Scale, q.ZeroPoint]), indices]);
        return Graph.Node("DequantizeLinear", [Graph.Node("Gather", [q.Numbers, indices]), q.Scale, q.ZeroPoint]);
    }

    /// <summary>BERT slices a buffer; RoBERTa and its followers count what is not padding.</summary>
    private string Positions()
    {
        if (_family.Positions != PositionRule.AfterPadding) return Graph.Node("Slice", [Graph.Longs([.. Enumerable.Range(0, 8).Select(i => (long)i)]), Graph.Longs(0), Graph.Longs(4)]);
        string real = Graph.Node("Cast", [Graph.Node("Not", [Graph.Node("Equal", ["input_ids", Graph.Long(PadId)])])], ("to", 6));
        string count = Graph.Node("Mul", [Graph.Node("CumSum", [real, Graph.Long(1)]), real]);
        return Graph.Node("Cast", [Graph.Node("Add", [count, Graph.Long(PadId)])], ("to", 7));
    }

    private string Types()
    {
        if (_family.Positions == PositionRule.AfterPadding) return Graph.Node("Expand", [Graph.Longs(0), Graph.Node("Shape", ["input_ids"])]);
        Graph.Input("token_type_ids", 2);
        return "token_type_ids";
    }
}
