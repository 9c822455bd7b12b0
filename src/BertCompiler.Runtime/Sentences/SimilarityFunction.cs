namespace BertCompiler;

/// <summary>How alike two embeddings are; sentence-transformers, <c>similarity_functions.py</c>. Greater is more alike in each.</summary>
public enum SimilarityFunction
{
    /// <summary>a·b / (‖a‖‖b‖), −1 … 1.</summary>
    Cosine,

    /// <summary>a·b.</summary>
    Dot,

    /// <summary>−‖a − b‖₂.</summary>
    Euclidean,

    /// <summary>−Σ|aᵢ − bᵢ|.</summary>
    Manhattan,
}
