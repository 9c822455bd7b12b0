namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The tables that an encoder begins with; null: not found.</summary>
internal sealed record EmbeddingTables(GraphWeight? Words, GraphWeight? Positions, GraphWeight? Types);
