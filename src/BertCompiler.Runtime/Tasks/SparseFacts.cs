namespace BertCompiler;

/// <summary>
/// How a masked language model makes sparse vectors, as its sentence-transformers folder says; the defaults are those of a folder that says
/// nothing.
/// </summary>
public sealed record SparseFacts
{
    /// <summary>How the weights of a text's tokens become those of the text.</summary>
    public SparsePooling Pooling { get; init; }

    /// <summary>What a logit becomes.</summary>
    public SparseActivation Activation { get; init; }

    /// <summary>The most entries that are kept, the greatest; null: all.</summary>
    public int? MaxActiveDimensions { get; init; }

    /// <summary>How vectors are compared.</summary>
    public SimilarityFunction Similarity { get; init; } = SimilarityFunction.Dot;
}
