using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Tells query, key and value projections apart by what becomes of them: softmax(Q·Kᵀ)·V.</summary>
internal sealed class AttentionRoles(OnnxGraph graph, GraphPaths paths, GraphConstants constants)
{
    private const int MostNodes = 64;

    /// <summary>The operators between a projection and the product that it goes into.</summary>
    private static readonly HashSet<string> Between = new(StringComparer.Ordinal) { "Transpose", "Mul", "Div", "Add", "Split", "Squeeze" };

    /// <summary>The role of a projection; null: nothing tells it.</summary>
    /// <param name="projection">The product.</param>
    /// <param name="attention">Receives the attention node that takes the projection, where it is one node.</param>
    public AttentionRole? Of(Product projection, ref NodeProto? attention)
    {
        var open = new Queue<string>([projection.Output]);
        for (int seen = 0; seen < MostNodes && open.TryDequeue(out string? value); seen++)
        {
            foreach (NodeProto node in graph.ConsumersOf(value))
            {
                if (node.OpType is "MultiHeadAttention" or "Attention")
                {
                    attention = node;
                    return (AttentionRole)Math.Min(node.Input.IndexOf(value), 2);
                }

                if (node.OpType is "MatMul" or "FusedMatMul" or "QLinearMatMul") return OfFactor(node, value);
                if (GraphPaths.Passes(node) || Between.Contains(node.OpType)) open.Enqueue(node.Out());
            }
        }

        return null;
    }

    /// <summary>The numbers of heads and of a head's dimensions that a projection is reshaped to; 0 where they are not written there.</summary>
    public (long Heads, long Size) HeadsOf(Product projection)
    {
        var open = new Queue<string>([projection.Output, projection.Raw]);
        for (int seen = 0; seen < MostNodes && open.TryDequeue(out string? value); seen++)
        {
            foreach (NodeProto node in graph.ConsumersOf(value))
            {
                if (node.Is("Reshape") && LastTwo(node.In(1)) is { } shape && (shape.Heads > 0 || shape.Size > 0)) return shape;
                if (GraphPaths.Passes(node) && node.In(0) == value) open.Enqueue(node.Out());
            }
        }

        return (0, 0);
    }

    private AttentionRole OfFactor(NodeProto product, string value)
    {
        int second = product.OpType == "QLinearMatMul" ? 3 : 1;
        bool isSecond = product.In(second) == value;
        string other = isSecond ? product.In(0) : product.In(second);
        bool hasProbabilities = paths.ComesFrom(other, n => n.OpType is "Softmax" or "QLinearSoftmax", n => n.OpType.Contains("MatMul", StringComparison.Ordinal) || n.OpType == "Gemm");
        if (hasProbabilities) return AttentionRole.Value;
        return isSecond ? AttentionRole.Key : AttentionRole.Query;
    }

    /// <summary>The last two dimensions of a shape [B,T,A,D], a constant or put together of numbers.</summary>
    private (long Heads, long Size)? LastTwo(string shape)
    {
        if (graph.Constant(shape) is { Dims: [4] } constant && OnnxTypes.IsSigned(constant.Type) is not null)
        {
            long[] numbers = constant.ReadInt64s();
            return (numbers[2], numbers[3]);
        }

        NodeProto? concat = paths.Source(shape);
        if (concat is not { OpType: "Concat", Input.Count: >= 2 }) return null;
        if (graph.Constant(concat.Input[^1]) is { Elements: 2 } tail && OnnxTypes.IsSigned(tail.Type) is not null)
        {
            long[] numbers = tail.ReadInt64s();
            return (numbers[0], numbers[1]);
        }

        if (concat.Input.Count < 4) return null;
        return ((long)(constants.Number(concat.Input[^2]) ?? 0), (long)(constants.Number(concat.Input[^1]) ?? 0));
    }
}
