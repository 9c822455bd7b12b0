using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>A compiled sentence embedder: text → one vector, as the model's sentence-transformers modules say.</summary>
/// <inheritdoc/>
public abstract class SentenceEncoder : EncoderModel
{
    // Activations of this many tokens stay in a second-level cache; more at once gains nothing and costs memory.
    private const int TokensAtOnce = 512;

    /// <inheritdoc/>
    protected SentenceEncoder(PackedWeights weights, ModelFacts facts, LoadOptions? options) : base(weights, facts, options)
    {
    }

    /// <summary>The embedding of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <returns>A vector of <see cref="ModelFacts.Dimension"/> numbers.</returns>
    /// <exception cref="ArgumentException">The text is too long and <paramref name="truncation"/> says Error.</exception>
    public float[] Embed(string text, Truncation truncation = Truncation.Right)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Facts.Dimension];
        Embed(text.AsSpan(), vector, truncation);
        return vector;
    }

    /// <summary>The embedding of one text, into memory of the caller's; allocates nothing once the workspace has grown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="ModelFacts.Dimension"/> floats.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <returns>How many tokens were read, and whether the text was cut (<c>Truncated</c> is 1).</returns>
    /// <exception cref="ArgumentException">The destination is too short; or the text is too long and <paramref name="truncation"/> says Error.</exception>
    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, Truncation truncation = Truncation.Right)
    {
        CheckLength(destination.Length, 1, nameof(destination));
        Workspace work = Rent();
        try
        {
            TokenBatch batch = work.Batch;
            batch.Clear();
            int truncated = Append(text, batch, truncation, nameof(text)) ? 1 : 0;
            EmbedBatch(batch, work)[0].CopyTo(destination);
            return new EmbedResult(1, batch.TokenCount, truncated);
        }
        finally
        {
            Return(work);
        }
    }

    /// <summary>
    /// The embeddings of many texts. Each text is computed without padding and has the bits it would have alone; nothing is allocated for a
    /// text.
    /// </summary>
    /// <param name="texts">The texts, N of them.</param>
    /// <param name="destination">N × <see cref="ModelFacts.Dimension"/> floats, row by row.</param>
    /// <param name="truncation">What to do with a text that is too long.</param>
    /// <param name="truncated">N flags that say which texts were cut; empty: not wanted.</param>
    /// <returns>How many tokens were read and how many texts were cut.</returns>
    /// <exception cref="ArgumentException">A null text, a destination that is too short, or a text that is too long where <paramref name="truncation"/> says Error.</exception>
    public EmbedResult Embed(IReadOnlyList<string> texts, Span<float> destination, Truncation truncation = Truncation.Right, Span<bool> truncated = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        CheckLength(destination.Length, texts.Count, nameof(destination));
        if (!truncated.IsEmpty && truncated.Length < texts.Count) throw new ArgumentException($"{truncated.Length} flags for {texts.Count} texts", nameof(truncated));
        var total = new EmbedResult(texts.Count, 0, 0);
        Workspace work = Rent();
        try
        {
            for (int done = 0; done < texts.Count;)
            {
                TokenBatch batch = work.Batch;
                batch.Clear();
                int first = done;
                for (; done < texts.Count && batch.TokenCount < TokensAtOnce; done++)
                {
                    string text = texts[done] ?? throw new ArgumentException($"text {done} is null", nameof(texts));
                    bool cut = Append(text, batch, truncation, nameof(texts));
                    if (cut) total = total with { Truncated = total.Truncated + 1 };
                    if (!truncated.IsEmpty) truncated[done] = cut;
                }

                Rows embeddings = EmbedBatch(batch, work);
                for (int i = 0; i < batch.Count; i++) embeddings[i].CopyTo(destination[((first + i) * Facts.Dimension)..]);
                total = total with { Tokens = total.Tokens + batch.TokenCount };
            }
        }
        finally
        {
            Return(work);
        }

        return total;
    }

    /// <summary>Sequences → embeddings [B, Dimension].</summary>
    protected abstract Rows EmbedBatch(TokenBatch batch, Workspace work);

    private bool Append(ReadOnlySpan<char> text, TokenBatch batch, Truncation truncation, string argument)
    {
        bool cut = Tokenizer.Append(text, Facts.MaxTokens, batch);
        if (cut && truncation == Truncation.Error) throw TooLong(text.ToString(), argument);
        return cut;
    }

    private void CheckLength(int length, int texts, string argument)
    {
        long needed = (long)texts * Facts.Dimension;
        if (length < needed) throw new ArgumentException($"{texts} embeddings of {Facts.Dimension} numbers need {needed} floats; {argument} has {length}", argument);
    }
}
