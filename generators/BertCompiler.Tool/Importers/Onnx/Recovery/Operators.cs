using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The operators that exported encoders are made of. Any other one makes a graph something else.</summary>
internal static class Operators
{
    private const int MostNamed = 10;

    private static readonly HashSet<string> Onnx = new(StringComparer.Ordinal)
    {
        // Products, norms, attention, activations.
        "MatMul", "Gemm", "MatMulInteger", "QLinearMatMul", "Einsum", "LayerNormalization", "Attention", "Softmax", "LogSoftmax", "Erf", "Tanh", "Sigmoid",
        "Relu", "Gelu", "Elu", "LeakyRelu", "HardSwish", "HardSigmoid", "Softplus", "Mish", "Swish", "Clip", "Dropout",

        // Elementwise.
        "Add", "Sub", "Mul", "Div", "Pow", "Sqrt", "Reciprocal", "Exp", "Log", "Neg", "Abs", "Sign", "Min", "Max", "Sum", "Mean", "Mod", "Floor", "Ceil", "Round",
        "And", "Or", "Not", "Xor", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Where", "IsNaN", "IsInf", "BitwiseAnd", "BitwiseOr", "BitwiseNot",

        // Shapes, rows, masks and positions.
        "Identity", "Constant", "ConstantOfShape", "Shape", "Size", "Reshape", "Transpose", "Unsqueeze", "Squeeze", "Flatten", "Concat", "Split", "Slice",
        "Gather", "GatherElements", "GatherND", "ScatterND", "ScatterElements", "Expand", "Tile", "Range", "CumSum", "Trilu", "NonZero", "OneHot", "EyeLike",
        "Cast", "CastLike", "If", "Pad", "Compress", "TopK", "ArgMax", "ArgMin",

        // Pooling and normalisation behind the encoder.
        "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceL1", "ReduceSumSquare", "ReduceProd", "LpNormalization",

        // Quantisation.
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear",
    };

    private static readonly HashSet<string> Runtime = new(StringComparer.Ordinal)
    {
        "Attention", "QAttention", "MultiHeadAttention", "EmbedLayerNormalization", "QEmbedLayerNormalization", "SkipLayerNormalization", "LayerNormalization",
        "BiasGelu", "FastGelu", "Gelu", "QuickGelu", "FusedMatMul", "MatMulNBits", "GatherBlockQuantized", "DynamicQuantizeMatMul", "MatMulIntegerToFloat",
        "QLinearAdd", "QLinearMul", "QLinearSoftmax", "QLinearReduceMean", "QLinearConcat", "QLinearSigmoid", "QuantizeLinear", "DequantizeLinear", "BiasSoftmax",
        "Trilu", "Range",
    };

    /// <summary>Refuses graphs with other operators, and names them.</summary>
    /// <exception cref="ImportException">There are such.</exception>
    public static void Check(OnnxGraph graph)
    {
        var others = new Dictionary<string, (int Count, string First)>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Nodes)
        {
            bool known = node.Domain switch
            {
                "" or "ai.onnx" => Onnx.Contains(node.OpType),
                NodeAttributes.Microsoft => Runtime.Contains(node.OpType),
                _ => false,
            };
            if (known) continue;
            string name = node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}";
            others[name] = others.TryGetValue(name, out (int Count, string First) seen) ? (seen.Count + 1, seen.First) : (1, node.Label());
        }

        if (others.Count == 0) return;
        IEnumerable<string> named = others.OrderByDescending(o => o.Value.Count).Take(MostNamed).Select(o => $"{o.Key} ({o.Value.Count}, the first '{o.Value.First}')");
        string more = others.Count > MostNamed ? $" and {others.Count - MostNamed} more" : "";
        throw new ImportException(ProblemKinds.OnnxUnsupported, graph.Source.FilePath, $"{graph.Source.FileName} is not an encoder of the family: its operators {string.Join(", ", named)}{more} do not occur in one");
    }
}
