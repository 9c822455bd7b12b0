using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A product of a computed value and a constant matrix: what was a Linear layer.</summary>
/// <param name="Node">The product.</param>
/// <param name="Input">The value that is multiplied.</param>
/// <param name="Weight">The matrix, [out, in] as Linear layers have it.</param>
/// <param name="Raw">The result without bias.</param>
internal sealed record Product(NodeProto Node, string Input, GraphWeight Weight, string Raw)
{
    /// <summary>The bias; null: none was found.</summary>
    public GraphWeight? Bias { get; init; }

    /// <summary>The result with the bias, where one node adds only that; else as <see cref="Raw"/>.</summary>
    public string Output { get; init; } = Raw;
}
