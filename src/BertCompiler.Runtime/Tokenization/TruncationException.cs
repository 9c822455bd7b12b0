namespace BertCompiler.Tokenization;

/// <summary>A text or pair cannot be cut as asked: the text that must not be cut is too long, or the stride is.</summary>
public sealed class TruncationException : Exception
{
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
}
