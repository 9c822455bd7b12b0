namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A parameter of the encoder under the name that its place asks for.</summary>
/// <param name="Name">Hugging Face's name, without prefix.</param>
/// <param name="Weight">Its numbers.</param>
/// <param name="KnowsName">Whether the graph's own name for it counts: not that of a larger tensor that it was cut out of.</param>
internal sealed record NamedWeight(string Name, GraphWeight Weight, bool KnowsName = true);
