using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A LayerNorm over the last axis, as one node or as many.</summary>
/// <param name="Node">The node that gives the result.</param>
/// <param name="Inputs">The values whose sum is normed.</param>
/// <param name="Weight">Scale.</param>
/// <param name="Bias">Shift.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Output">The result.</param>
internal sealed record Norm(NodeProto Node, IReadOnlyList<string> Inputs, GraphWeight Weight, GraphWeight Bias, double Epsilon, string Output);
