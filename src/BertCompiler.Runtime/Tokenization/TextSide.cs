namespace BertCompiler.Tokenization;

/// <summary>An end of a sequence of tokens.</summary>
public enum TextSide
{
    /// <summary>The end.</summary>
    Right,

    /// <summary>The beginning.</summary>
    Left,
}
