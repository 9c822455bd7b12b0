using BertCompiler.Tasks;
using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>
/// A compiled sequence classifier: a text, or a pair of texts, → a score for each label (Devlin et al. 2019, §4.1). One with a single label
/// is a <see cref="CrossEncoder"/>.
/// </summary>
/// <inheritdoc/>
public abstract class SequenceClassifier : HeadModel
{
    private static readonly ClassifyOptions _usual = new();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SequenceClassifier(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
    }

    /// <summary>Classifies a text, or a pair of texts.</summary>
    /// <param name="text">The text; it may be empty.</param>
    /// <param name="pair">The second text; null: there is none. An empty one is a second text.</param>
    /// <param name="options">How; null: as the model's folder says, cut on the right where it is too long.</param>
    /// <exception cref="TruncationException">The text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public Classification Classify(string text, string? pair = null, ClassifyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Classify([text], pair is null ? null : [pair], options)[0];
    }

    /// <summary>Classifies many texts or pairs. Each has the bits that it would have alone.</summary>
    /// <param name="texts">The texts; none gives an empty list.</param>
    /// <param name="pairs">The second texts, as many; null: there are none.</param>
    /// <param name="options">How; null: as the model's folder says, cut on the right where they are too long.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <exception cref="ArgumentException">A null text, or another number of second texts.</exception>
    /// <exception cref="TruncationException">A text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public IReadOnlyList<Classification> Classify(
        IReadOnlyList<string> texts, IReadOnlyList<string>? pairs = null, ClassifyOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (pairs is not null && pairs.Count != texts.Count) throw new ArgumentException($"{pairs.Count} second texts for {texts.Count} texts", nameof(pairs));
        ClassifyOptions how = options ?? _usual;
        ScoreFunction function = how.Function ?? Head.ClassifyFunction;
        var results = new Classification[texts.Count];
        var truncated = new bool[texts.Count];
        RunEach(texts.Count, Append, (item, logits) => results[item] = Describe(logits, function, truncated[item]), new(progress, cancellationToken));
        return results;

        void Append(int i, TokenBatch batch)
        {
            string text = TextAt(texts, i, nameof(texts));
            string? pair = pairs is null ? null : TextAt(pairs, i, nameof(pairs));
            truncated[i] = AppendCut(text, pair, how.Truncation, nameof(texts), how.MaxTokens, batch, texts.Count > 1 ? i : null);
        }
    }

    /// <summary>What <see cref="CrossEncoder.Rerank"/> does: the one logit of each pair, documents in its order.</summary>
    private protected IReadOnlyList<RankedDocument> RankDocuments(
        string query, IReadOnlyList<string> documents, int? top, Truncation truncation, IProgress<BatchProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        if (top is { } least) ArgumentOutOfRangeException.ThrowIfLessThan(least, 1, nameof(top));
        ScoreFunction function = Head.PairFunction;
        var scores = new float[documents.Count];
        var truncated = new bool[documents.Count];
        RunEach(documents.Count, Append, (item, logits) => scores[item] = Scores.Of(logits, function)[0], new(progress, cancellationToken));
        return Array.ConvertAll(Scores.Descending(scores, top ?? scores.Length), i => new RankedDocument(i, scores[i], documents[i], truncated[i]));

        void Append(int i, TokenBatch batch)
        {
            string document = documents[i] ?? throw new ArgumentException($"document {i} is null", nameof(documents));
            truncated[i] = AppendCut(query, document, truncation, nameof(documents), maxTokens: null, batch, i);
        }
    }

    private protected virtual Classification Describe(ReadOnlySpan<float> logits, ScoreFunction function, bool truncated) => new(Head.Labels, logits, function, truncated);
}
