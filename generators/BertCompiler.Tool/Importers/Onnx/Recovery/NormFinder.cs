using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Finds LayerNorms: ONNX's operator, ONNX Runtime's fused ones, and the chain of elementary operators that older exporters write.</summary>
internal sealed class NormFinder(OnnxGraph graph, GraphConstants constants)
{
    private const int MostCasts = 8;

    /// <summary>The LayerNorm whose result a node gives; null: it gives none.</summary>
    public Norm? Find(NodeProto node) => node.OpType switch
    {
        "LayerNormalization" when node.Int("axis", -1) is -1 or 2 => Of(node, [node.In(0)], node.In(1), node.In(2), 1e-5f),
        "SkipLayerNormalization" => Of(node, [node.In(0), node.In(1)], node.In(2), node.In(3), 1e-12f),
        "EmbedLayerNormalization" => Of(node, [], node.In(5), node.In(6), 1e-12f),
        "QEmbedLayerNormalization" => Of(node, [], constants.Quantized(node.In(5), node.In(11), node.In(16)), constants.Quantized(node.In(6), node.In(12), node.In(17)), 1e-12f),
        "Add" when node.Input.Count == 2 => Chain(node, 0) ?? Chain(node, 1),
        _ => null,
    };

    private Norm? Of(NodeProto node, string[] inputs, string weight, string bias, float epsilon) =>
        Of(node, inputs, constants.Vector(weight), constants.Vector(bias), epsilon);

    private static Norm? Of(NodeProto node, string[] inputs, GraphWeight? weight, GraphWeight? bias, float epsilon) =>
        weight is null || bias is null ? null : new Norm(node, inputs, weight, bias, node.Float("epsilon", epsilon), node.Out());

    /// <summary>(x − mean)/√(mean of squares + ε)·weight + bias, with the bias at one side of the last Add.</summary>
    private Norm? Chain(NodeProto add, int biasAt)
    {
        if (Computed(add.Input[1 - biasAt]) is not { OpType: "Mul", Input.Count: 2 } mul) return null;
        if (constants.Vector(add.Input[biasAt]) is not { } bias) return null;
        for (int weightAt = 0; weightAt < 2; weightAt++)
        {
            if (constants.Vector(mul.Input[weightAt], bias.Shape[0]) is not { } weight) continue;
            if (Computed(mul.Input[1 - weightAt]) is not { OpType: "Div", Input.Count: 2 } quotient) return null;
            if (Computed(quotient.Input[0]) is not { OpType: "Sub", Input.Count: 2 } centred || Computed(centred.Input[1]) is not { OpType: "ReduceMean" } mean) return null;
            if (Uncast(mean.In(0)) != Uncast(centred.Input[0]) || Epsilon(quotient.Input[1]) is not { } epsilon) return null;
            return new Norm(add, [centred.Input[0]], weight, bias, epsilon, add.Out());
        }

        return null;
    }

    /// <summary>ε of √(variance + ε).</summary>
    private double? Epsilon(string deviation)
    {
        if (Computed(deviation) is not { OpType: "Sqrt" } root || Computed(root.In(0)) is not { OpType: "Add", Input.Count: 2 } sum) return null;
        int at = Computed(sum.Input[0]) is { OpType: "ReduceMean" } ? 1 : 0;
        return Computed(sum.Input[1 - at]) is { OpType: "ReduceMean" } ? constants.Number(sum.Input[at]) : null;
    }

    private NodeProto? Computed(string value) => graph.ProducerOf(Uncast(value));

    private string Uncast(string value)
    {
        for (int i = 0; i < MostCasts && graph.ProducerOf(value) is { OpType: "Cast" or "Identity" or "QuantizeLinear" or "DequantizeLinear" } cast; i++) value = cast.In(0);
        return value;
    }
}
