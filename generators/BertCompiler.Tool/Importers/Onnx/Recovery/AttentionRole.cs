namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Which projection of an attention a product is.</summary>
internal enum AttentionRole
{
    Query,
    Key,
    Value,
}
