using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>The parameters of one layer of the encoder, by what they do.</summary>
internal sealed record EncoderLayer
{
    /// <summary>Query, key, value.</summary>
    public required IReadOnlyList<LinearWeights> Projections { get; init; }

    /// <summary>Projection of the heads' outputs.</summary>
    public required LinearWeights AttentionOutput { get; init; }

    /// <summary>LayerNorm behind attention.</summary>
    public required Norm AttentionNorm { get; init; }

    /// <summary>First feed-forward product.</summary>
    public required LinearWeights Intermediate { get; init; }

    /// <summary>Second feed-forward product.</summary>
    public required LinearWeights Output { get; init; }

    /// <summary>LayerNorm behind the feed-forward block.</summary>
    public required Norm OutputNorm { get; init; }

    /// <summary>What is computed between the feed-forward products; null: nothing that is known.</summary>
    public required Activation? Activation { get; init; }

    /// <summary>Number of heads; 0: the graph does not say.</summary>
    public required long Heads { get; init; }
}
