using BertCompiler.Core;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The constants of a graph, through whatever stands between them and the node that takes them.</summary>
internal sealed class GraphConstants(OnnxGraph graph)
{
    private const int MostSteps = 64;

    /// <summary>
    /// The constant that a value is, behind Identity, Cast, Transpose of a matrix and DequantizeLinear in any order; null: it is computed.
    /// </summary>
    public GraphWeight? Of(string value)
    {
        (bool transposed, bool transposedBefore, NodeProto? linear, string? named) = (false, false, null, null);
        for (int step = 0; step < MostSteps; step++)
        {
            if (named is null && HubNames.IsParameter(HubNames.Base(value))) named = HubNames.Base(value);
            if (graph.Initializers.TryGetValue(value, out OnnxTensor? tensor))
            {
                return Build(tensor, named ?? HubNames.Base(tensor.Name), transposed, transposed != transposedBefore, linear);
            }

            if (graph.ProducerOf(value) is not { } node) return null;
            if (node.Is("Transpose") && SwapsTwo(node)) transposed = !transposed;
            else if (node.OpType == "DequantizeLinear" && linear is null) (linear, transposedBefore) = (node, transposed);
            else if (!node.Is("Identity") && !node.Is("Cast")) return null;
            value = node.In(0);
        }

        return null;
    }

    /// <summary>A constant stored as DequantizeLinear reads it, whose scale and zero point a node takes as inputs of their own.</summary>
    /// <param name="value">The integers.</param>
    /// <param name="scale">The scales.</param>
    /// <param name="zeroPoint">The zero points; empty: none.</param>
    public GraphWeight? Quantized(string value, string scale, string zeroPoint)
    {
        if (Of(value) is not { Form: WeightForm.Plain } stored || graph.Constant(scale) is not { } scales) return null;
        return stored with
        {
            Form = WeightForm.Linear,
            Scale = scales,
            ZeroPoint = graph.Constant(zeroPoint),
            Axis = stored.Transposed ? 0 : stored.Shape.Count - 1,
        };
    }

    /// <summary>The number that a constant of one element is; null: it is none.</summary>
    public double? Number(string value)
    {
        if (Of(value) is not { Form: WeightForm.Plain, Values: { Elements: 1 } tensor }) return null;
        if (tensor.Dtype is { } dtype && TensorDtypes.IsWeight(dtype)) return tensor.ReadSingles()[0];
        return OnnxTypes.IsSigned(tensor.Type) is null ? null : tensor.ReadInt64s()[0];
    }

    /// <summary>A vector of floats with <paramref name="length"/> numbers; null: the value is no such constant.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">How many; 0: any number but one.</param>
    public GraphWeight? Vector(string value, long length = 0)
    {
        if (value.Length == 0 || Of(value) is not { HasNumbers: true } weight) return null;
        long last = weight.Shape.Count == 0 ? 1 : weight.Shape[^1];
        if (weight.Shape.Count == 0 || weight.Values.Elements != last || (length == 0 ? last == 1 : last != length)) return null;
        return weight.Shape.Count == 1 ? weight : weight with { Shape = new([last]) };
    }

    private GraphWeight Build(OnnxTensor tensor, string name, bool transposed, bool transposedInside, NodeProto? linear)
    {
        EquatableArray<long> shape = transposed && tensor.Dims.Count == 2 ? new([tensor.Dims[1], tensor.Dims[0]]) : tensor.Dims;
        var weight = new GraphWeight { Name = name, Values = tensor, Shape = shape, Transposed = transposed && tensor.Dims.Count == 2 };
        return linear is null ? weight : Complete(weight, linear, transposedInside);
    }

    private static bool SwapsTwo(NodeProto node) => node.Ints("perm") is { Count: 0 } or [1, 0];

    /// <summary>Fills in what DequantizeLinear nodes say, whose scales are constants too.</summary>
    private GraphWeight Complete(GraphWeight weight, NodeProto linear, bool transposedInside)
    {
        if (graph.Constant(linear.In(1)) is not { } scale) return weight;
        long rank = Math.Max(1, weight.Shape.Count);
        long axis = linear.Int("axis", 1);
        if (axis < 0) axis += rank;
        if (transposedInside) axis = 1 - axis;
        return weight with { Form = WeightForm.Linear, Scale = scale, ZeroPoint = graph.Constant(linear.In(2)), Axis = axis, Block = linear.Int("block_size", 0) };
    }
}
