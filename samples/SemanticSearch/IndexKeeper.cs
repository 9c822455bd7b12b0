using BertCompiler;
using SemanticSearch.Indexing;
using SemanticSearch.Output;
using SemanticSearch.Texts;

namespace SemanticSearch;

/// <summary>Brings the index of some places up to date: reads it, embeds what is new, writes it back.</summary>
/// <param name="model">The model.</param>
/// <param name="say">Takes one sentence for each thing that the user should know.</param>
internal sealed class IndexKeeper(ISentenceEncoder model, Action<string> say)
{
    /// <summary>The index of the texts as they are now.</summary>
    /// <exception cref="UserException">No place, no text, cancelled, or the index would replace a file that is not one.</exception>
    public BuildResult Update(SearchOptions options, CancellationToken cancellation)
    {
        // Before anything is read or embedded, which may take long.
        if (options.IndexPath is { } named) RefuseForeign(named);
        IReadOnlyList<string> paths = TextFinder.Find(options.Places);
        List<TextFile> texts = [.. paths.Select(p => TextFileReader.Read(p, say)).OfType<TextFile>()];
        string indexPath = options.IndexPath ?? IndexPlace.For(options.Places);
        SearchIndex? before = options.Rebuild ? null : ReadIndex(indexPath);
        BuildResult result = Build(texts, before, cancellation);
        bool isNew = before is null || result.Embedded > 0 || before.Files.Count != result.Index.Files.Count;
        if (isNew && result.Index.Files.Count > 0) WriteIndex(result.Index, indexPath);
        if (result.Cancelled) throw new UserException($"cancelled; {result.Index.Files.Count} of {texts.Count} files are indexed", ExitCodes.Cancelled);
        return result.Index.PassageCount > 0
            ? result
            : throw new UserException($"{string.Join(", ", options.Places)}: no text to search", ExitCodes.Failed);
    }

    private static void RefuseForeign(string path)
    {
        if (IndexFormat.MayReplace(path)) return;
        string what = Directory.Exists(path) ? "is a folder" : "is not an index of this program, and would be lost";
        throw new UserException($"--index {path}: it {what}; nothing was written. Name another file.", ExitCodes.Failed);
    }

    private BuildResult Build(List<TextFile> texts, SearchIndex? before, CancellationToken cancellation)
    {
        var builder = new IndexBuilder(model);
        if (builder.IsUpToDate(texts, before)) return builder.Build(texts, before, progress: null, cancellation);
        long started = Environment.TickCount64;
        BuildResult result = Terminal.WithProgress("indexing", progress => builder.Build(texts, before, progress, cancellation));
        if (!result.Cancelled)
        {
            string reused = result.Reused > 0 ? $"; {result.Reused} were indexed already" : "";
            say(FormattableString.Invariant(
                $"indexed {result.Embedded} files in {(Environment.TickCount64 - started) / 1000.0:F1} s ({result.Index.PassageCount} passages){reused}"));
        }

        return result;
    }

    private SearchIndex? ReadIndex(string path)
    {
        try
        {
            return File.Exists(path) ? IndexReader.Read(path) : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            say($"{path}: the index is made again: {e.Message}");
            return null;
        }
    }

    private void WriteIndex(SearchIndex index, string path)
    {
        try
        {
            IndexWriter.Write(index, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            say($"{path}: the index is not kept: {e.Message}");
        }
    }
}
