namespace BertCompiler.Core.Families;

/// <summary>What a head reads.</summary>
public enum HeadInput
{
    /// <summary>The hidden state of every token.</summary>
    EachToken,

    /// <summary>The hidden state of a text's first token.</summary>
    FirstToken,

    /// <summary>The first token's hidden state behind the tanh pooler.</summary>
    Pooler,
}
