using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>config.json as read: every value of the right type and in range, not yet held against the tensors.</summary>
public sealed record ModelConfig
{
    /// <summary>The family, from <c>model_type</c>.</summary>
    public required Family Family { get; init; }

    /// <summary>The class, from <c>architectures</c> or asked for.</summary>
    public required ArchitectureRule Rule { get; init; }

    /// <summary>H.</summary>
    public required int Hidden { get; init; }

    /// <summary>L.</summary>
    public required int Layers { get; init; }

    /// <summary>A.</summary>
    public required int Heads { get; init; }

    /// <summary>F.</summary>
    public required int FeedForward { get; init; }

    /// <summary>V.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>E, the width of the embedding tables.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Whether positions are sine waves, which the checkpoint need not hold.</summary>
    public required bool Sinusoidal { get; init; }

    /// <summary>What attention scores know of distances.</summary>
    public required RelativePositions Relative { get; init; }

    /// <summary>Rows of the table of bucketed distances; 0: the family has none.</summary>
    public required int DistanceBuckets { get; init; }

    /// <summary>Whether the word table is the decoder of a masked language model whose file has none.</summary>
    public required bool TiesWords { get; init; }

    /// <summary>P.</summary>
    public required int Positions { get; init; }

    /// <summary>Rows of the token type table; 0: the family has none.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>The id that fills unused places.</summary>
    public required int PadTokenId { get; init; }

    /// <summary>ε of every LayerNorm.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Between the feed-forward products.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Label texts by id.</summary>
    public required EquatableArray<string> Labels { get; init; }

    /// <summary><c>problem_type</c>; null where it is not given.</summary>
    public required ProblemType? ProblemType { get; init; }

    /// <summary>Line of <c>id2label</c> or <c>num_labels</c>; 0 where neither is given.</summary>
    public required int LabelsLine { get; init; }
}
