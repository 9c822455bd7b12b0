namespace BertCompiler.Core.Spec;

/// <summary>What a head reads.</summary>
public enum HeadInput
{
    /// <summary>The hidden state of every token.</summary>
    EachToken,

    /// <summary>The hidden state of a text's first token.</summary>
    FirstToken,

    /// <summary>The first token's hidden state after the tanh pooler.</summary>
    Pooler,

    /// <summary>The mean of a text's hidden states.</summary>
    MeanToken,
}
