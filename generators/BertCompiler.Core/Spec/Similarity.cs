namespace BertCompiler.Core.Spec;

/// <summary>How embeddings are compared; greater is more alike.</summary>
public enum Similarity
{
    /// <summary>a·b / (‖a‖‖b‖).</summary>
    Cosine,

    /// <summary>a·b.</summary>
    Dot,

    /// <summary>−‖a − b‖₂.</summary>
    Euclidean,

    /// <summary>−Σ|aᵢ − bᵢ|.</summary>
    Manhattan,
}
