namespace BertCompiler.Core.Spec;

/// <summary>A model, validated: every size is in range, every name known, every tensor present with the right shape.</summary>
/// <remarks>
/// The law of all records in this folder: immutable, structurally equal, without Roslyn types, without paths of a machine. A compilation
/// step that gets an equal spec does not run again; a test checks the law by reflection.
/// </remarks>
public sealed record ModelSpec
{
    /// <summary>What people call it: the last part of the model folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which family's rules it follows, <c>bert</c>.</summary>
    public required string Family { get; init; }

    /// <summary>The Hugging Face class, <c>BertModel</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>What turns ids into the first hidden states.</summary>
    public required EmbeddingSpec Embedding { get; init; }

    /// <summary>H, the width of a hidden state.</summary>
    public required int Hidden { get; init; }

    /// <summary>The encoder layers.</summary>
    public required LayerSchedule Layers { get; init; }

    /// <summary>The norm after the last layer, which layers that normalise their input need; null: none.</summary>
    public NormKind? FinalNorm { get; init; }

    /// <summary>Whether the tanh pooler over the first token is in the file and of use.</summary>
    public required bool HasPooler { get; init; }

    /// <summary>What sits on the encoder.</summary>
    public required HeadSpec Head { get; init; }

    /// <summary>How a sentence becomes one vector; null where the folder does not say.</summary>
    public SentenceSpec? Sentence { get; init; }

    /// <summary>How text becomes ids; null where the folder has no tokenizer: then the class takes ids only.</summary>
    public TokenizerSpec? Tokenizer { get; init; }

    /// <summary>Longest input in tokens, special tokens included.</summary>
    public required int MaxTokens { get; init; }
}
