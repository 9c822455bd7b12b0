using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>A compiled next sentence predictor: two texts → whether the second follows the first (Devlin et al. 2019, §3.1, task 2).</summary>
/// <inheritdoc/>
public abstract class NextSentenceModel : HeadModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected NextSentenceModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>Whether <paramref name="second"/> follows <paramref name="first"/>.</summary>
    /// <param name="first">The first text; it may be empty.</param>
    /// <param name="second">The second text; it may be empty.</param>
    /// <param name="truncation">What to do with texts that are too long together.</param>
    /// <param name="maxTokens">The most tokens, special tokens included; null: what the model reads.</param>
    /// <exception cref="TruncationException">The texts are too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public NextSentenceScore NextSentence(string first, string second, Truncation truncation = Truncation.Right, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var encoding = EncodeCut(first, second, truncation, nameof(first), maxTokens);
        NextSentenceScore? score = null;
        RunEach(1, (_, batch) => Add(batch, encoding), (_, logits) => score = new NextSentenceScore(logits, encoding.IsTruncated), default);
        return score!;
    }
}
