namespace BertCompiler;

/// <summary>What a call for sparse vectors may ask for; what is left out is as the model's folder says.</summary>
public sealed record SparseOptions
{
    /// <summary>How the weights of a text's tokens become those of the text.</summary>
    public SparsePooling? Pooling { get; init; }

    /// <summary>The most entries to keep, the greatest.</summary>
    public int? MaxActiveDimensions { get; init; }

    /// <summary>The most tokens of a text, special tokens included; null: what the model reads.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What to do with a text that is too long.</summary>
    public Truncation Truncation { get; init; }
}
