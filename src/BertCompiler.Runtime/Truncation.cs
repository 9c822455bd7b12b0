using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>What happens to a text that is longer than the model can read.</summary>
public enum Truncation
{
    /// <summary>
    /// It is cut, as sentence-transformers does: on the right, unless the files of the tokenizer say otherwise
    /// (<see cref="BertCompiler.Tokenization.Tokenizer.TruncationSide"/>). Every result but a bare array says so;
    /// <see cref="LoadOptions.Truncation"/> can forbid it.
    /// </summary>
    Right,

    /// <summary>A <see cref="TruncationException"/> says how long it is.</summary>
    Error,
}
