namespace BertCompiler.Core.Spec;

/// <summary>What a logit becomes.</summary>
public enum SparseActivation
{
    /// <summary>ln(1 + max(0, x)).</summary>
    Relu,

    /// <summary>ln(1 + ln(1 + max(0, x))).</summary>
    LogOnePlusRelu,
}
