namespace BertCompiler;

/// <summary>How the weights of a text's tokens become those of the text.</summary>
public enum SparsePooling
{
    /// <summary>The greatest (SPLADE-max: Formal et al. 2021, arXiv:2109.10086).</summary>
    Max,

    /// <summary>The sum (Formal et al. 2021, arXiv:2107.05720).</summary>
    Sum,
}
