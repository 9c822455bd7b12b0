namespace BertCompiler;

/// <summary>What happens to a text that is longer than the model can read.</summary>
public enum Truncation
{
    /// <summary>It is cut on the right, and the result says so; what sentence-transformers does.</summary>
    Right,

    /// <summary>An <see cref="ArgumentException"/> says how long it is.</summary>
    Error,
}
