namespace BertCompiler;

/// <summary>How logits become scores.</summary>
public enum ScoreFunction
{
    /// <summary>The logits themselves.</summary>
    None,

    /// <summary>1 / (1 + e⁻ˣ) of each logit by itself.</summary>
    Sigmoid,

    /// <summary>eˣ over the sum of all: the scores add up to 1.</summary>
    Softmax,

    /// <summary>tanh x of each logit by itself.</summary>
    Tanh,
}
