using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Finds Linear layers in all forms in which exporters, optimisers and quantisers leave them.</summary>
internal sealed class ProductFinder(OnnxGraph graph, GraphConstants constants)
{
    private const int MostSteps = 8;

    /// <summary>The Linear layer that a node multiplies for; null: it is none.</summary>
    public Product? Find(NodeProto node)
    {
        Product? product = node.Domain == NodeAttributes.Microsoft ? OfRuntime(node) : OfOnnx(node);
        return product is null || product.Bias is not null ? product : WithBias(product);
    }

    private Product? OfOnnx(NodeProto node) => node.OpType switch
    {
        "MatMul" => Stored(node, constants.Of(node.In(1)), isTransposed: true),
        "Gemm" when node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1 =>
            Biased(Stored(node, constants.Of(node.In(1)), node.Int("transB", 0) == 0), node.In(2)),
        "MatMulInteger" => OfIntegers(node),
        "QLinearMatMul" => Stored(node, constants.Quantized(node.In(3), node.In(4), node.In(5)), isTransposed: true),
        _ => null,
    };

    private Product? OfRuntime(NodeProto node) => node.OpType switch
    {
        "FusedMatMul" when node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1 => Stored(node, constants.Of(node.In(1)), node.Int("transB", 0) == 0),
        "DynamicQuantizeMatMul" => Biased(Stored(node, constants.Quantized(node.In(1), node.In(2), node.In(3)), isTransposed: true), node.In(4)),
        "MatMulIntegerToFloat" => Biased(Stored(node, constants.Quantized(node.In(1), node.In(3), node.In(5)), isTransposed: true), node.In(6)),
        "MatMulNBits" => Biased(OfBlocks(node), node.In(5)),
        _ => null,
    };

    private static Product? Stored(NodeProto node, GraphWeight? matrix, bool isTransposed)
    {
        if (matrix is not { HasNumbers: true, Shape.Count: 2 }) return null;
        return new Product(node, node.In(0), isTransposed ? matrix.Flip() : matrix, node.Out());
    }

    private Product? Biased(Product? product, string bias) =>
        product is null || bias.Length == 0 ? product : product with { Bias = constants.Vector(bias, product.Weight.Shape[0]) };

    /// <summary>MatMulInteger gives integers; what makes floats of them (Cast, and Mul with both scales) tells the scale of the matrix.</summary>
    private Product? OfIntegers(NodeProto node)
    {
        string value = node.Out();
        for (int step = 0; step < MostSteps; step++)
        {
            if (Only(value, "Mul") is { } mul)
            {
                string other = mul.In(0) == value ? mul.In(1) : mul.In(0);
                string? scale = graph.Constant(other) is not null ? other : ScaleOf(graph.ProducerOf(other));
                if (scale is null || constants.Quantized(node.In(1), scale, node.In(3)) is not { } matrix) return null;
                return Stored(node, matrix, isTransposed: true) is { } product ? product with { Raw = mul.Out(), Output = mul.Out() } : null;
            }

            if (Only(value, "Cast") is not { } cast) return null;
            value = cast.Out();
        }

        return null;
    }

    private string? ScaleOf(NodeProto? scales)
    {
        if (scales is not { OpType: "Mul", Input.Count: 2 }) return null;
        return scales.Input.FirstOrDefault(i => graph.Constant(i) is not null);
    }

    private NodeProto? Only(string value, string operation) => graph.ConsumersOf(value).FirstOrDefault(n => n.Is(operation));

    /// <summary>Contrib operator MatMulNBits: B [N, blocks, bytes], scales, zero points; the matrix is [N,K] already.</summary>
    private Product? OfBlocks(NodeProto node)
    {
        if (graph.Constant(node.In(1)) is not { } values || graph.Constant(node.In(2)) is not { } scales || node.In(4).Length > 0) return null;
        var weight = new GraphWeight
        {
            Name = HubNames.Base(values.Name),
            Values = values,
            Shape = new([node.Int("N", 0), node.Int("K", 0)]),
            Form = WeightForm.MatMulNBits,
            Scale = scales,
            ZeroPoint = graph.Constant(node.In(3)),
            Bits = node.Int("bits", 4),
            Block = node.Int("block_size", 0),
        };
        return new Product(node, node.In(0), weight, node.Out());
    }

    /// <summary>Follows the result to the node that adds a bias.</summary>
    private Product WithBias(Product product)
    {
        long outputs = product.Weight.Shape[0];
        string value = product.Raw;
        for (int step = 0; step < MostSteps; step++)
        {
            NodeProto? passing = null;
            foreach (NodeProto node in graph.ConsumersOf(value))
            {
                if (BiasOf(node, value) is { } name && constants.Vector(name, outputs) is { } bias)
                {
                    return product with { Bias = bias, Output = node.OpType is "Add" or "QLinearAdd" ? node.Out() : value };
                }

                if (passing is null && GraphPaths.Passes(node) && node.In(0) == value) passing = node;
            }

            if (passing is null) break;
            value = passing.Out();
        }

        return product;
    }

    private static string? BiasOf(NodeProto node, string value) => node.OpType switch
    {
        "Add" when node.Input.Count == 2 => node.Input[0] == value ? node.Input[1] : node.Input[0],
        "BiasGelu" or "FastGelu" when node.In(1).Length > 0 => node.In(1),
        "SkipLayerNormalization" when node.In(4).Length > 0 => node.In(4),
        _ => null,
    };
}
