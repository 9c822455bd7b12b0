namespace BertCompiler.Core.Spec;

/// <summary>How the hidden states of a text become one vector; in the order in which several are concatenated.</summary>
public enum PoolingMode
{
    /// <summary>The first token.</summary>
    Cls,

    /// <summary>The greatest value of each column.</summary>
    Max,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The sum divided by √n.</summary>
    MeanSqrtLength,

    /// <summary>The mean with weights 1 … n.</summary>
    WeightedMean,

    /// <summary>The last token.</summary>
    LastToken,
}
