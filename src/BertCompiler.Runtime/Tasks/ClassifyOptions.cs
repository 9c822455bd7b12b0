namespace BertCompiler;

/// <summary>How texts are classified.</summary>
public sealed record ClassifyOptions
{
    /// <summary>What to do with a text that is too long.</summary>
    public Truncation Truncation { get; init; }

    /// <summary>The most tokens, special tokens included; null: what the model reads.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What turns logits into scores; null: <see cref="HeadFacts.ClassifyFunction"/>.</summary>
    public ScoreFunction? Function { get; init; }
}
