using BertCompiler.Tokenization;

namespace BertCompiler;

/// <summary>
/// A compiled sequence classifier with one label: its score of a pair says how well a document fits a query (Nogueira and Cho 2019,
/// arXiv:1901.04085), or is the number that a regression gives. A classifier with several labels has no order of documents, so it is none.
/// </summary>
/// <inheritdoc/>
public abstract class CrossEncoder : SequenceClassifier
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The head has another number of labels than one.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected CrossEncoder(EncoderProgram program, ModelFacts facts, HeadFacts head, LoadOptions? options) : base(program, facts, head, options)
    {
        if (head.Labels.Count != 1) throw new ArgumentException($"{facts.Name} has {head.Labels.Count} labels: only a model with one can rank documents", nameof(head));
    }

    /// <summary>
    /// Ranks documents by how well they fit a query (sentence-transformers, <c>CrossEncoder.rank</c>): the pair's one logit through the
    /// activation that the model's folder names, else a sigmoid.
    /// </summary>
    /// <param name="query">The query: the first text of each pair.</param>
    /// <param name="documents">The documents; none gives an empty list.</param>
    /// <param name="top">How many to return at most; null: all.</param>
    /// <param name="truncation">What to do with a pair that is too long.</param>
    /// <param name="progress">Told of texts that are done.</param>
    /// <param name="cancellationToken">Noticed between pieces of a layer.</param>
    /// <returns>The documents by descending score, of equals the first first.</returns>
    /// <exception cref="ArgumentException">A null document, or a <paramref name="top"/> less than 1.</exception>
    /// <exception cref="TruncationException">A pair is too long and <paramref name="truncation"/>, or <see cref="LoadOptions.Truncation"/>, says Error.</exception>
    public IReadOnlyList<RankedDocument> Rerank(
        string query, IReadOnlyList<string> documents, int? top = null, Truncation truncation = Truncation.Right, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RankDocuments(query, documents, top, truncation, progress, cancellationToken);
}
