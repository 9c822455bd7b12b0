namespace BertCompiler;

/// <summary>What happens to a text that is longer than the model can read.</summary>
public enum Truncation
{
    /// <summary>
    /// It is cut, and the result says so; what sentence-transformers does. On the right, unless the files of the tokenizer say otherwise
    /// (<see cref="BertCompiler.Tokenization.Tokenizer.TruncationSide"/>).
    /// </summary>
    Right,

    /// <summary>An <see cref="ArgumentException"/> says how long it is.</summary>
    Error,
}
