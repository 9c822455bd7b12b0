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

    /// <summary>D.</summary>
    public required int HeadSize { get; init; }

    /// <summary>L.</summary>
    public required int LayerCount { get; init; }

    /// <summary>What the layers are made of.</summary>
    public required LayerSchedule Layers { get; init; }

    /// <summary>The norm after the last layer; null: none.</summary>
    public NormKind? FinalNorm { get; init; }

    /// <summary>The tables; whether positions are stored is known with the tensors.</summary>
    public required EmbeddingSpec Embedding { get; init; }

    /// <summary>Longest text; 0: as many tokens as there are positions.</summary>
    public int MaxTokens { get; init; }

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

    /// <summary>The same with every layer changed.</summary>
    internal ModelConfig WithLayers(Func<LayerSpec, LayerSpec> change) => this with { Layers = Layers with { Kinds = new(Layers.Kinds.Select(change)) } };

    /// <summary>The same with another activation between the feed-forward products.</summary>
    public ModelConfig WithActivation(Activation activation) => WithLayers(layer => layer with { Activation = activation }) with { Activation = activation };

    /// <summary>The same with the parts of its head changed.</summary>
    internal ModelConfig WithParts(Func<HeadPart, HeadPart> change) => this with { Rule = Rule with { Parts = new(Rule.Parts.Select(change)) } };
}
