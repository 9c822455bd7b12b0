namespace BertCompiler;

/// <summary>What the logit of a word at a token becomes (sentence-transformers, <c>SpladePooling.py</c>).</summary>
public enum SparseActivation
{
    /// <summary>ln(1 + max(0, x)) (Formal et al. 2021, arXiv:2107.05720).</summary>
    Relu,

    /// <summary>ln(1 + ln(1 + max(0, x))) (Lassance et al. 2024, arXiv:2403.06789).</summary>
    LogOnePlusRelu,
}
