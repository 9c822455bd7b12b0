using BertCompiler;
using SemanticSearch.Passages;
using SemanticSearch.Texts;

namespace SemanticSearch.Indexing;

/// <summary>Makes an index of texts, of what has not changed by taking it from an index before.</summary>
internal sealed class IndexBuilder(ISentenceEncoder model)
{
    // Longer windows blur: the vector of a long text is near to everything and to nothing.
    private const int WindowTokens = 128;

    private readonly PassageSplitter _splitter = SplitterFor(model);

    /// <summary>Builds the index.</summary>
    /// <param name="texts">The files.</param>
    /// <param name="before">An index whose files are taken over if they have the same path and content; null: none.</param>
    /// <param name="progress">Reports from 0 to 1, by characters.</param>
    /// <param name="cancellation">Stops the work: files that are finished stay in the index.</param>
    public BuildResult Build(IReadOnlyList<TextFile> texts, SearchIndex? before, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Dictionary<string, IndexedFile> known = Reusable(before);
        List<TextFile> changed = [.. texts.Where(t => !IsKnown(known, t))];
        double total = changed.Sum(t => (double)t.Text.Length);
        double done = 0;
        var fresh = new Dictionary<string, IndexedFile>(StringComparer.Ordinal);
        foreach (TextFile text in changed)
        {
            double start = done;
            if (Embed(text, share => progress?.Report((start + (share * text.Text.Length)) / total), cancellation) is not { } file) break;
            fresh.Add(text.Path, file);
            done += text.Text.Length;
        }

        IndexedFile[] files = [.. texts.Select(t => fresh.GetValueOrDefault(t.Path) ?? (IsKnown(known, t) ? known[t.Path] : null)).OfType<IndexedFile>()];
        var index = new SearchIndex(model.Identity, model.Dimension, files);
        return new BuildResult(index, fresh.Count, texts.Count - changed.Count, Cancelled: fresh.Count < changed.Count);
    }

    /// <summary>Whether nothing has to be embedded.</summary>
    public bool IsUpToDate(IReadOnlyList<TextFile> texts, SearchIndex? before)
    {
        Dictionary<string, IndexedFile> known = Reusable(before);
        return texts.All(t => IsKnown(known, t));
    }

    // Vectors of another model are not comparable.
    private Dictionary<string, IndexedFile> Reusable(SearchIndex? before)
    {
        var known = new Dictionary<string, IndexedFile>(StringComparer.Ordinal);
        if (before is null || before.ModelHash != model.Identity || before.Dimension != model.Dimension) return known;
        foreach (IndexedFile file in before.Files) known[file.Path] = file;
        return known;
    }

    private static bool IsKnown(Dictionary<string, IndexedFile> known, TextFile text) =>
        known.TryGetValue(text.Path, out IndexedFile? file) && file.Hash.AsSpan().SequenceEqual(text.Hash);

    // Passages are measured without the special tokens, which an empty text has too.
    private static PassageSplitter SplitterFor(ISentenceEncoder model)
    {
        int specials = model.CountTokens("");
        return new PassageSplitter(text => model.CountTokens(text) - specials, Math.Min(WindowTokens, model.MaxTokens - specials));
    }

    private IndexedFile? Embed(TextFile text, Action<double> report, CancellationToken cancellation)
    {
        IReadOnlyList<Passage> passages = _splitter.Split(text.Text, TextFinder.IsMarkdown(text.Path));
        var vectors = new float[passages.Count * model.Dimension];
        try
        {
            model.Embed([.. passages.Select(p => p.ForModel)], vectors, new Report(report), cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return new IndexedFile(text.Path, text.Hash, passages, vectors);
    }

    // Progress<T> would report from another thread, later.
    private sealed class Report(Action<double> report) : IProgress<BatchProgress>
    {
        void IProgress<BatchProgress>.Report(BatchProgress value) => report(value.Share);
    }
}
