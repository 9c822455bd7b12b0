using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>What happens to a text that is longer than the model can read.</summary>
public enum Truncation
{
    /// <summary>It is cut on the right, as sentence-transformers does. Every result but a bare array says so; <see cref="LoadOptions.Truncation"/> can forbid it.</summary>
    Right,

    /// <summary>A <see cref="TruncationException"/> says how long it is.</summary>
    Error,
}
