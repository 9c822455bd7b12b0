using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>config_sentence_transformers.json as read.</summary>
public sealed record SentenceSettings
{
    /// <summary>What a folder without the file says: nothing.</summary>
    public static SentenceSettings None { get; } = new();

    /// <summary>Whether <c>model_type</c> says that the folder scores pairs.</summary>
    public bool IsCrossEncoder { get; init; }

    /// <summary>Prompts with a text, in the file's order.</summary>
    public EquatableArray<PromptSpec> Prompts { get; init; }

    /// <summary>The name of the prompt of calls that name none; null: none.</summary>
    public string? DefaultPrompt { get; init; }

    /// <summary>The similarity function; null: the file does not say.</summary>
    public Similarity? Similarity { get; init; }

    /// <summary>Numbers that are kept of each embedding; 0: all.</summary>
    public int TruncateDimension { get; init; }

    /// <summary>The most entries of a sparse vector; 0: all.</summary>
    public int MaxActiveDimensions { get; init; }

    /// <summary>What a cross-encoder does to its logits; null: the file does not say.</summary>
    public Activation? Activation { get; init; }
}
