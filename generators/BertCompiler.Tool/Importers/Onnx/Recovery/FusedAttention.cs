using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>
/// ONNX Runtime's Attention and QAttention: query, key and value projections in one matrix [in, 3H] and one bias [3H]
/// (onnxruntime, docs/ContribOperators.md).
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Input">The value that is projected.</param>
/// <param name="Parts">Query, key, value.</param>
/// <param name="Heads">Number of heads.</param>
internal sealed record FusedAttention(NodeProto Node, string Input, IReadOnlyList<LinearWeights> Parts, long Heads)
{
    /// <summary>The fused attention that a node is; null: it is none.</summary>
    /// <exception cref="ImportException">Attention of a decoder, or of sizes that do not fit.</exception>
    public static FusedAttention? Find(NodeProto node, OnnxGraph graph, GraphConstants constants)
    {
        bool quantized = node.IsMicrosoft("QAttention");
        if (!quantized && !node.IsMicrosoft("Attention")) return null;
        GraphWeight? matrix = quantized ? constants.Quantized(node.In(1), node.In(4), node.In(7)) : constants.Of(node.In(1));
        if (matrix is not { HasNumbers: true, Shape.Count: 2 }) return null;
        if (node.Int("unidirectional", 0) != 0) throw Unsupported(graph, node, "sees only what stands before a token, as decoders do");
        GraphWeight rows = matrix.Flip();
        long all = rows.Shape[0];
        IReadOnlyList<long> sizes = node.Ints("qkv_hidden_sizes") is { Count: 3 } stated ? stated : [all / 3, all / 3, all / 3];
        if (sizes.Any(s => s <= 0 || s > all) || sizes.Sum() != all) throw Unsupported(graph, node, $"has a matrix of {all} columns for query, key and value");
        GraphWeight? bias = constants.Vector(node.In(2), all);
        var parts = new LinearWeights[3];
        long first = 0;
        for (int i = 0; i < 3; i++)
        {
            parts[i] = new LinearWeights(rows.Rows(first, sizes[i]), bias?.Rows(first, sizes[i])) { IsCut = true };
            first += sizes[i];
        }

        return new FusedAttention(node, node.In(0), parts, node.Int("num_heads", 0));
    }

    private static ImportException Unsupported(OnnxGraph graph, NodeProto node, string what) =>
        new(ProblemKinds.OnnxUnsupported, graph.Source.FilePath, $"{graph.Source.FileName}: the {node.OpType} node '{node.Label()}' {what}; expected the attention of an encoder");
}
