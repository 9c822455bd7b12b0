namespace BertCompiler.Core.Spec;

/// <summary>A sentence-transformers folder's modules: how hidden states become one vector a text.</summary>
public sealed record SentenceSpec
{
    /// <summary>Poolings, concatenated in this order.</summary>
    public required EquatableArray<PoolingMode> Pooling { get; init; }

    /// <summary>Whether the vector is divided by its length.</summary>
    public required bool Normalize { get; init; }
}
