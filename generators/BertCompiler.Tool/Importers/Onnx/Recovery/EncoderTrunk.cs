namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The encoder that a graph computes: what is common to the family, found by structure and not by name.</summary>
internal sealed record EncoderTrunk
{
    /// <summary>LayerNorm over the sum of the tables.</summary>
    public required Norm EmbeddingNorm { get; init; }

    /// <summary>Product that widens the embeddings; null: there is none.</summary>
    public required LinearWeights? Projection { get; init; }

    /// <summary>The layers in order.</summary>
    public required IReadOnlyList<EncoderLayer> Layers { get; init; }

    /// <summary>The products and LayerNorms behind the last layer: heads.</summary>
    public required IReadOnlyList<object> Behind { get; init; }
}
