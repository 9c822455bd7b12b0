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

    /// <summary>F.</summary>
    public string FeedForward { get; init; } = "intermediate_size";

    /// <summary>The activation between the feed-forward products.</summary>
    public string Activation { get; init; } = "hidden_act";

    /// <summary>The width of the embedding tables where it may differ from H; null: it never does.</summary>
    public string? EmbeddingWidth { get; init; }

    /// <summary>Says that positions are sine waves, which a checkpoint need not hold; null: the family has none.</summary>
    public string? Sinusoidal { get; init; }
}
