using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>
/// A sentence embedder against a folder of reference results: <c>texts.jsonl</c> and <c>embeddings.safetensors</c>; where they are there,
/// <c>detail.safetensors</c> and <c>pairs.safetensors</c> too.
/// </summary>
internal sealed class GoldenVerifier(ModelCache cache, string golden, string? head = null) : IFolderVerifier
{
    private const string Kind = "model with reference results";

    /// <summary>The reference is within 2e-7 of float64; two fp32 programs that are right agree far within this.</summary>
    private const double EmbeddingTolerance = 1e-5;

    /// <summary>Cosine ≥ 0.999999.</summary>
    private const double CosineTolerance = 1e-6;

    /// <inheritdoc/>
    public bool Recognises(string folder) => Directory.Exists(folder);

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        try
        {
            string details = Path.Combine(golden, "detail.safetensors");
            Taps taps = File.Exists(details) ? Taps.Hidden | Taps.Attention : Taps.None;
            CachedModel compiled = ModelOpener.Compile(ModelPath.Of(folder) with { Head = head }, taps, cache, cancellation);
            using EncoderModel loaded = compiled.Load();
            if (loaded is not SentenceEncoder model) throw new CommandException($"{folder} is no sentence embedder: it has no pooling module");
            var comparisons = new List<TensorComparison>();
            var lines = new List<string>();
            IReadOnlyList<GoldenText> texts = GoldenText.Read(Path.Combine(golden, "texts.jsonl"));
            bool idsEqual = CompareIds(model, texts, lines);
            CompareEmbeddings(model, texts, comparisons, lines);
            if (taps != Taps.None)
            {
                using SafeTensorsFile expected = SafeTensorsFile.Open(details);
                new DetailComparer(model, expected, comparisons).Compare(texts);
            }

            var pairs = new SentencePairs(golden);
            if (pairs.ArePresent) pairs.Compare(model, comparisons, lines, cancellation);
            bool passed = idsEqual && comparisons.TrueForAll(c => c.Passed);
            return new FolderReport(folder, Kind, passed ? Verdict.Passed : Verdict.Failed, lines, comparisons);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException)
        {
            return FolderReport.Without(folder, Kind, Verdict.Failed, e.Message);
        }
    }

    private static bool CompareIds(SentenceEncoder model, IReadOnlyList<GoldenText> texts, List<string> lines)
    {
        var batch = new TokenBatch();
        int equal = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            batch.Clear();
            model.Tokenizer.Append(texts[i].Text, model.Facts.MaxTokens, batch);
            if (batch.Ids.SequenceEqual(texts[i].Ids)) equal++;
            else lines.Add($"text {i}: other ids than the reference");
        }

        lines.Add($"ids equal for {equal} of {texts.Count} texts");
        return equal == texts.Count;
    }

    private void CompareEmbeddings(SentenceEncoder model, IReadOnlyList<GoldenText> texts, List<TensorComparison> comparisons, List<string> lines)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(Path.Combine(golden, "embeddings.safetensors"));
        int width = model.Facts.Dimension;
        if (file.Find("embeddings") is not { } tensor || tensor.Elements != (long)texts.Count * width)
        {
            throw new InvalidDataException($"{file.FilePath}: expected 'embeddings' [{texts.Count}, {width}]");
        }

        float[] expected = file.ReadSingles(tensor);
        var actual = new float[expected.Length];
        EmbedResult result = model.Embed([.. texts.Select(t => t.Text)], actual);
        comparisons.Add(TensorComparer.Compare("embeddings", expected, actual, EmbeddingTolerance));
        double least = Enumerable.Range(0, texts.Count).Min(i => Vectors.Cosine(expected.AsSpan(i * width, width), actual.AsSpan(i * width, width)));
        comparisons.Add(new TensorComparison("embeddings: 1 − cosine", double.IsNaN(least) ? double.PositiveInfinity : Math.Max(0, 1 - least), CosineTolerance, texts.Count));
        lines.Add(FormattableString.Invariant($"least cosine {least:F9}; {result.Tokens} tokens, {result.Truncated} texts cut"));
    }
}
