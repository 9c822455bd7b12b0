using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled model with both heads of ALBERT's pre-training: masked language model and sentence order prediction (Lan et al. 2020, §3.1).</summary>
/// <inheritdoc/>
public abstract class SentenceOrderModel : MaskedLanguageModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SentenceOrderModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>Whether two texts that follow one another stand in their order, or were swapped.</summary>
    /// <param name="first">The text that is read first; it may be empty.</param>
    /// <param name="second">The text that is read second; it may be empty.</param>
    /// <param name="truncation">What to do with texts that are too long together.</param>
    /// <param name="maxTokens">The most tokens, special tokens included; null: what the model reads.</param>
    /// <exception cref="TruncationException">The texts are too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public SentenceOrderScore SentenceOrder(string first, string second, Truncation truncation = Truncation.Right, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var encoding = EncodeCut(first, second, truncation, nameof(first), maxTokens);
        SentenceOrderScore? score = null;
        RunEach(1, (_, batch) => Add(batch, encoding), (_, logits) => score = new SentenceOrderScore(logits, encoding.IsTruncated), default);
        return score!;
    }
}
