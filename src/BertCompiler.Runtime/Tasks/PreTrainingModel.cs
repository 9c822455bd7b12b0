
namespace BertCompiler;

/// <summary>A compiled model with both heads of BERT's pre-training: masked language model and next sentence prediction (Devlin et al. 2019, §3.1).</summary>
/// <inheritdoc/>
public abstract class PreTrainingModel : MaskedLanguageModel
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PreTrainingModel(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <inheritdoc cref="NextSentenceModel.NextSentence"/>
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
