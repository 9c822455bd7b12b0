using BertCompiler.Core.Config;

namespace BertCompiler.Core.Families;

/// <summary>What a family's config.json calls its sizes; the defaults are BERT's names.</summary>
public sealed record ConfigNames
{
    /// <summary>H.</summary>
    public string Hidden { get; init; } = "hidden_size";

    /// <summary>A.</summary>
    public string Heads { get; init; } = "num_attention_heads";

    /// <summary>L.</summary>
    public string Layers { get; init; } = "num_hidden_layers";

    /// <summary>Number of groups of layers whose weights are shared; null: each layer has weights of its own.</summary>
    public string? LayerGroups { get; init; }

    /// <summary>Sets of weights in such a group; null: one.</summary>
    public string? LayersInGroup { get; init; }

    /// <summary>F.</summary>
    public string FeedForward { get; init; } = "intermediate_size";

    /// <summary>The activation between the feed-forward products.</summary>
    public string Activation { get; init; } = "hidden_act";

    /// <summary>Names that the authors' own code has for fields.</summary>
    public EquatableArray<FieldAlias> Aliases { get; init; }

    /// <summary>D where it may differ from H/A; null: it never does.</summary>
    public string? HeadSize { get; init; }

    /// <summary>P.</summary>
    public string Positions { get; init; } = "max_position_embeddings";

    /// <summary>ε of the norms.</summary>
    public string Epsilon { get; init; } = "layer_norm_eps";

    /// <summary>ε where config.json does not give it.</summary>
    public double DefaultEpsilon { get; init; } = 1e-12;

    /// <summary>The activation where config.json does not name it.</summary>
    public string DefaultActivation { get; init; } = "gelu";

    /// <summary>Token types where config.json does not give their number.</summary>
    public int DefaultTokenTypes { get; init; } = 2;

    /// <summary>The fewest token types; 0: there may be no table of them.</summary>
    public int LeastTokenTypes { get; init; } = 1;

    /// <summary>Whether the word table is the decoder of a masked language model where config.json does not say.</summary>
    public bool TiesWordsByDefault { get; init; } = true;

    /// <summary>The width of the embedding tables where config.json does not give it; 0: H.</summary>
    public int DefaultEmbeddingWidth { get; init; }

    /// <summary>The width of the embedding tables where it may differ from H; null: it never does.</summary>
    public string? EmbeddingWidth { get; init; }

    /// <summary>Says that positions are sine waves, which a checkpoint need not hold; null: the family has none.</summary>
    public string? Sinusoidal { get; init; }
}
