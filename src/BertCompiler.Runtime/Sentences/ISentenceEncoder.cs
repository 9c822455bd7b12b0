using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>
/// Text → one vector. Every compiled sentence embedder is one; code that works with embeddings (search, topics, tables, bulk work) takes this
/// type, so that it can be tried with something simpler.
/// </summary>
/// <remarks>Safe for several threads at once. The same text gives the same vector, alone or among others.</remarks>
public interface ISentenceEncoder
{
    /// <summary>What the model is called.</summary>
    string Name { get; }

    /// <summary>
    /// Names the space that the vectors lie in: vectors of encoders with another identity cannot be compared with these. Stored vectors should be
    /// kept together with it.
    /// </summary>
    string Identity { get; }

    /// <summary>Numbers of a vector.</summary>
    int Dimension { get; }

    /// <summary>Longest input in tokens, special tokens included: what <see cref="CountTokens"/> may say of a text that is read whole.</summary>
    int MaxTokens { get; }

    /// <summary>Tokens of a text with the special tokens, and with the prompt that this encoder puts in front of it.</summary>
    /// <param name="text">The text.</param>
    int CountTokens(ReadOnlySpan<char> text);

    /// <summary>The vector of one text, into memory of the caller's.</summary>
    /// <param name="text">The text; what is longer than <see cref="MaxTokens"/> is cut or refused, as the encoder was set up.</param>
    /// <param name="destination">At least <see cref="Dimension"/> floats.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many tokens were read, and whether the text was cut.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="TruncationException">The text is too long and the encoder refuses such texts.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, CancellationToken cancellationToken = default);

    /// <summary>The vectors of many texts, into memory of the caller's.</summary>
    /// <param name="texts">The texts, N of them.</param>
    /// <param name="destination">N × <see cref="Dimension"/> floats, row by row.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Stops the work; rows of texts that were done stay written.</param>
    /// <returns>How many tokens were read and how many texts were cut.</returns>
    /// <exception cref="ArgumentException">A null text or a destination that is too short.</exception>
    /// <exception cref="TruncationException">A text is too long and the encoder refuses such texts.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    EmbedResult Embed(IReadOnlyList<string> texts, Span<float> destination, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default);
}
