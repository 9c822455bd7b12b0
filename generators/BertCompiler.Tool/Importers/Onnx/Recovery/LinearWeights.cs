namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The parameters of a Linear layer.</summary>
/// <param name="Weight">[out, in].</param>
/// <param name="Bias">[out]; null: none.</param>
internal sealed record LinearWeights(GraphWeight Weight, GraphWeight? Bias)
{
    /// <summary>Whether they were cut out of larger ones, whose names say nothing of the parts.</summary>
    public bool IsCut { get; init; }
}
