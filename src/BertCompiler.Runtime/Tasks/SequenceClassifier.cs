using BertCompiler.Tasks;
using BertCompiler.Tokenization;
using BertCompiler.Weights;

namespace BertCompiler;

/// <summary>
/// A compiled sequence classifier: a text, or a pair of texts, → a score for each label (Devlin et al. 2019, §4.1). One trained on pairs of
/// query and document ranks documents.
/// </summary>
/// <inheritdoc/>
public abstract class SequenceClassifier : HeadModel
{
    private static readonly ClassifyOptions _usual = new();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SequenceClassifier(PackedWeights weights, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(weights, facts, head, options)
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
    /// <exception cref="ArgumentException">A null text, or another number of second texts.</exception>
    /// <exception cref="TruncationException">A text is too long and the options, or <see cref="LoadOptions.Truncation"/>, say Error.</exception>
    public IReadOnlyList<Classification> Classify(IReadOnlyList<string> texts, IReadOnlyList<string>? pairs = null, ClassifyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (pairs is not null && pairs.Count != texts.Count) throw new ArgumentException($"{pairs.Count} second texts for {texts.Count} texts", nameof(pairs));
        ClassifyOptions how = options ?? _usual;
        ScoreFunction function = how.Function ?? Head.ClassifyFunction;
        var results = new Classification[texts.Count];
        var truncated = new bool[texts.Count];
        RunEach(texts.Count, Append, (_, item, _, logits) => results[item] = Describe(logits, function, truncated[item]), "logits");
        return results;

        void Append(int i, TokenBatch batch)
        {
            string text = texts[i] ?? throw new ArgumentException($"text {i} is null", nameof(texts));
            string? pair = pairs is null ? null : pairs[i] ?? throw new ArgumentException($"text {i} is null", nameof(pairs));
            truncated[i] = AppendCut(text, pair, how.Truncation, nameof(texts), how.MaxTokens, batch, texts.Count > 1 ? i : null);
        }
    }

    /// <summary>
    /// Ranks documents by how well they fit a query (sentence-transformers, <c>CrossEncoder.rank</c>): the pair's one logit through the
    /// activation that the model's folder names, else a sigmoid.
    /// </summary>
    /// <param name="query">The query: the first text of each pair.</param>
    /// <param name="documents">The documents; none gives an empty list.</param>
    /// <param name="top">How many to return at most; null: all.</param>
    /// <param name="truncation">What to do with a pair that is too long.</param>
    /// <returns>The documents by descending score, of equals the first first.</returns>
    /// <exception cref="InvalidOperationException">The model has several labels: it cannot rank.</exception>
    /// <exception cref="ArgumentException">A null document, or a <paramref name="top"/> less than 1.</exception>
    /// <exception cref="TruncationException">A pair is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public IReadOnlyList<RankedDocument> Rerank(string query, IReadOnlyList<string> documents, int? top = null, Truncation truncation = Truncation.Right)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        if (top is { } least) ArgumentOutOfRangeException.ThrowIfLessThan(least, 1, nameof(top));
        if (Head.Labels.Count != 1) throw new InvalidOperationException($"{Facts.Name} has {Head.Labels.Count} labels: only a model with one can rank documents");
        ScoreFunction function = Head.PairFunction;
        var scores = new float[documents.Count];
        var truncated = new bool[documents.Count];
        RunEach(documents.Count, Append, (_, item, _, logits) => scores[item] = Scores.Of(logits, function)[0], "logits");
        return Array.ConvertAll(Scores.Descending(scores, top ?? scores.Length), i => new RankedDocument(i, scores[i], documents[i], truncated[i]));

        void Append(int i, TokenBatch batch)
        {
            string document = documents[i] ?? throw new ArgumentException($"document {i} is null", nameof(documents));
            truncated[i] = AppendCut(query, document, truncation, nameof(documents), maxTokens: null, batch, i);
        }
    }

    private protected virtual Classification Describe(ReadOnlySpan<float> logits, ScoreFunction function, bool truncated) => new(Head.Labels, logits, function, truncated);
}
