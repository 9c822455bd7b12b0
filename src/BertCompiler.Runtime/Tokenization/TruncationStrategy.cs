namespace BertCompiler.Tokenization;

/// <summary>Which text gives way where a text or a pair is too long.</summary>
public enum TruncationStrategy
{
    /// <summary>Nothing is cut.</summary>
    None,

    /// <summary>The longer of the two is cut until both are equally long, then both.</summary>
    LongestFirst,

    /// <summary>Only the first text is cut.</summary>
    OnlyFirst,

    /// <summary>Only the second text is cut.</summary>
    OnlySecond,
}
