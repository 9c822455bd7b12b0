namespace BertCompiler.Kernels;

/// <summary>How the hidden states of a sequence become one vector. Names and meanings: sentence-transformers, <c>models/Pooling.py</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum PoolingMode
{
    /// <summary>The first token's.</summary>
    Cls,

    /// <summary>The greatest of each column.</summary>
    Max,

    /// <summary>The sum over the tokens, divided by n.</summary>
    Mean,

    /// <summary>The sum over the tokens, divided by √n.</summary>
    MeanSqrtLength,

    /// <summary>The mean with weights 1 … n.</summary>
    WeightedMean,

    /// <summary>The last token's.</summary>
    LastToken,
}
