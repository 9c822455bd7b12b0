namespace BertCompiler.Tokenization;

/// <summary>
/// A text or pair is too long and must not be cut (<see cref="Truncation.Error"/>), or it cannot be cut as asked: the text that must not be
/// cut leaves the other no room, or the stride leaves a window none.
/// </summary>
/// <remarks>It is an <see cref="ArgumentException"/>, because the text was wrong for the call.</remarks>
public sealed class TruncationException : ArgumentException
{
    private readonly string? _message;

    /// <summary>Says what does not fit.</summary>
    public TruncationException(string message) : base(message)
    {
    }

    /// <summary>Says that something does not fit.</summary>
    public TruncationException()
    {
    }

    /// <summary>Says what does not fit, and what showed it.</summary>
    public TruncationException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal TruncationException(string message, string? argument, int tokenCount, int maxTokens, Exception? inner = null) : base(message, argument, inner)
    {
        _message = message;
        TokenCount = tokenCount;
        MaxTokens = maxTokens;
    }

    /// <summary>The sentence alone: <see cref="ArgumentException.ParamName"/> says the rest, and programs show this text to people.</summary>
    public override string Message => _message ?? base.Message;

    /// <summary>How many tokens the text or pair has, special tokens included, or a question alone; null: that is not what is wrong.</summary>
    public int? TokenCount { get; }

    /// <summary>How many there is room for, counted alike.</summary>
    public int? MaxTokens { get; }

    /// <summary>Which of several texts it is, from 0; null: there is one.</summary>
    public int? TextIndex { get; internal init; }
}
