namespace BertCompiler.Core.Spec;

/// <summary>A sentence-transformers folder: how hidden states become one vector a text, and what is put before texts.</summary>
public sealed record SentenceSpec
{
    /// <summary>Poolings, concatenated in this order.</summary>
    public required EquatableArray<PoolingMode> Pooling { get; init; }

    /// <summary>Whether a prompt's tokens take part in pooling.</summary>
    public bool IncludePrompt { get; init; } = true;

    /// <summary>What happens to the vector behind the pooling, in order.</summary>
    public EquatableArray<SentenceModule> Modules { get; init; }

    /// <summary>Named texts that are put before inputs, in the folder's order; those without text are left out.</summary>
    public EquatableArray<PromptSpec> Prompts { get; init; }

    /// <summary>The prompt of calls that name none; null: none.</summary>
    public string? DefaultPrompt { get; init; }

    /// <summary>How embeddings are compared.</summary>
    public Similarity Similarity { get; init; }

    /// <summary>Numbers that are kept of each embedding; 0: all.</summary>
    public int TruncateDimension { get; init; }

    /// <summary>Numbers that the last module gives, for a model of that hidden size.</summary>
    public int FullDimension(int hidden) => Modules.Aggregate(Pooling.Count * hidden, (width, module) => module is DenseModule dense ? dense.Outputs : width);

    /// <summary>Numbers of an embedding, for a model of that hidden size.</summary>
    public int Dimension(int hidden) => TruncateDimension == 0 ? FullDimension(hidden) : Math.Min(TruncateDimension, FullDimension(hidden));

    /// <summary>Whether an embedding has length 1: a normalisation comes last, and nothing is cut off behind it.</summary>
    public bool IsNormalized(int hidden) => Modules.Count > 0 && Modules[Modules.Count - 1] is NormalizeModule && Dimension(hidden) == FullDimension(hidden);
}
