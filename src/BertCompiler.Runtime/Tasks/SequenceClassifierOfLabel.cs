using BertCompiler.Tasks;

namespace BertCompiler;

/// <summary>A compiled sequence classifier with the model's own labels.</summary>
/// <typeparam name="TLabel">The labels; the value of each is the number of its logit.</typeparam>
/// <inheritdoc/>
public abstract class SequenceClassifier<TLabel> : SequenceClassifier
    where TLabel : struct, Enum
{
    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SequenceClassifier(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options) => EnumLabel<TLabel>.Check();

    /// <inheritdoc cref="SequenceClassifier.Classify(string, string, ClassifyOptions)"/>
    public new Classification<TLabel> Classify(string text, string? pair = null, ClassifyOptions? options = null) => (Classification<TLabel>)base.Classify(text, pair, options);

    /// <inheritdoc cref="SequenceClassifier.Classify(IReadOnlyList{string}, IReadOnlyList{string}, ClassifyOptions, IProgress{BatchProgress}, CancellationToken)"/>
    public new IReadOnlyList<Classification<TLabel>> Classify(
        IReadOnlyList<string> texts, IReadOnlyList<string>? pairs = null, ClassifyOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Classification> results = base.Classify(texts, pairs, options, progress, cancellationToken);
        var typed = new Classification<TLabel>[results.Count];
        for (int i = 0; i < typed.Length; i++) typed[i] = (Classification<TLabel>)results[i];
        return typed;
    }

    private protected sealed override Classification Describe(ReadOnlySpan<float> logits, ScoreFunction function, bool truncated) =>
        new Classification<TLabel>(Head.Labels, logits, function, truncated);
}
