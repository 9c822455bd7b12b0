using System.Text.Json;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification.Tasks.Replay;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>
/// A token classifier's folder without its weights: <c>model_without_weights</c>, <c>texts.jsonl</c> with ids, places and entities,
/// <c>windows.jsonl</c> with the windows of long texts, and <c>logits.safetensors</c>, from which entities are decoded.
/// </summary>
internal sealed class EntityFolderVerifier : IFolderVerifier
{
    private const string Kind = "entities from stored logits";
    private const string ModelFolder = "model_without_weights";

    /// <summary>The reference's logits are rounded to fp32; its scores are those of float64.</summary>
    private const double Tolerance = 1e-5;

    private const int MaxTokens = 512;

    /// <inheritdoc/>
    public bool Recognises(string folder) => Directory.Exists(Path.Combine(folder, ModelFolder)) && File.Exists(Path.Combine(folder, "texts.jsonl")) && File.Exists(Path.Combine(folder, "logits.safetensors"));

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        try
        {
            using ReplayWeights weights = ReplayWeights.Read(Path.Combine(folder, ModelFolder));
            var tally = new CaseTally(Tolerance);
            Compare(folder, weights, tally, cancellation);
            return tally.Report(folder, Kind);
        }
        catch (UnsupportedModelException e)
        {
            return FolderReport.Without(folder, Kind, Verdict.NotSupported, e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or KeyNotFoundException or InvalidOperationException)
        {
            return FolderReport.Without(folder, Kind, Verdict.Failed, e.Message);
        }
    }

    private static void Compare(string folder, ReplayWeights weights, CaseTally tally, CancellationToken cancellation)
    {
        string[] labels = Labels(Path.Combine(folder, ModelFolder, "config.json"));
        var logits = new StoredLogits();
        var rows = new List<JsonElement>(JsonRows.Read(Path.Combine(folder, "texts.jsonl")));
        using SafeTensorsFile stored = SafeTensorsFile.Open(Path.Combine(folder, "logits.safetensors"));
        for (int i = 0; i < rows.Count; i++)
        {
            TensorInfo tensor = stored.Find($"text{i}") ?? throw new InvalidDataException($"{stored.FilePath}: 'text{i}' is missing");
            logits.Add("logits", rows[i].GetProperty("ids").Ids(), stored.ReadSingles(tensor));
        }

        ModelFacts facts = weights.Facts(Path.GetFileName(folder), int.MaxValue, MaxTokens);
        using var model = new ReplayedTokenClassifier(weights.Open(), facts, new HeadFacts { Labels = labels }, logits);
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            CompareText(model, rows[i], $"text {i}", logits, tally);
        }

        foreach (JsonElement row in JsonRows.Read(Path.Combine(folder, "windows.jsonl"))) CompareWindows(model.Tokenizer, row, tally);
    }

    private static string[] Labels(string config)
    {
        JsonElement names = JsonRows.ReadFile(config).GetProperty("id2label");
        return [.. Enumerable.Range(0, names.EnumerateObject().Count()).Select(i => names.Text(FormattableString.Invariant($"{i}")))];
    }

    private static void CompareText(TokenClassifier model, JsonElement row, string name, StoredLogits logits, CaseTally tally)
    {
        string text = row.Text("text");
        tally.Begin(name + " ids");
        TokenEncoding encoding = model.Tokenizer.Encode(text);
        tally.SameIds("ids", row.GetProperty("ids").Ids(), encoding.Ids());
        tally.SameIds("places", Flat(row.GetProperty("offsets")), [.. encoding.Tokens.SelectMany(t => (int[])[t.CodePoints.Start, t.CodePoints.End])]);
        int[] places = Flat(row.Find("offsets_utf16") ?? row.GetProperty("offsets"));
        tally.SameIds("places in UTF-16 units", places, [.. encoding.Tokens.SelectMany(t => (int[])[t.Span.Start, t.Span.End])]);
        tally.Count(encoding.Count);
        if (!logits.Has("logits", encoding.Ids())) return;
        foreach (TagAggregation aggregation in (TagAggregation[])[TagAggregation.None, TagAggregation.Simple, TagAggregation.First, TagAggregation.Average, TagAggregation.Max])
        {
            tally.Begin($"{name} {aggregation}");
            CompareEntities(row.GetProperty(aggregation.ToString().ToLowerInvariant()), text, model.Tag(text, new TagOptions { Aggregation = aggregation }), tally);
        }
    }

    private static void CompareEntities(JsonElement expected, string text, IReadOnlyList<Entity> found, CaseTally tally)
    {
        JsonElement[] entities = [.. expected.EnumerateArray()];
        tally.Count(entities.Length);
        if (!tally.Same("number of entities", entities.Length, found.Count)) return;
        for (int i = 0; i < entities.Length; i++)
        {
            tally.Same("label", (entities[i].Find("entity_group") ?? entities[i].GetProperty("entity")).GetString(), found[i].Kind);
            tally.Same("start", entities[i].GetProperty("start").GetInt32(), CodePoints(text, found[i].Span.Start));
            tally.Same("end", entities[i].GetProperty("end").GetInt32(), CodePoints(text, found[i].Span.End));
            tally.Score("score", entities[i].Number("score"), found[i].Score);
        }
    }

    private static void CompareWindows(Tokenizer tokenizer, JsonElement row, CaseTally tally)
    {
        string text = row.Text("text");
        tally.Begin($"windows of '{text[..Math.Min(40, text.Length)]}…'");
        TokenEncoding encoding = tokenizer.Encode(text, options: new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = row.Count("model_max_length")!.Value, Stride = row.Count("stride")!.Value });
        TokenEncoding[] windows = [encoding, .. encoding.Overflow];
        JsonElement[] ids = [.. row.GetProperty("windows").EnumerateArray()];
        JsonElement[] offsets = [.. row.GetProperty("window_offsets").EnumerateArray()];
        tally.Count(ids.Length);
        if (!tally.Same("number of windows", ids.Length, windows.Length)) return;
        for (int i = 0; i < windows.Length; i++)
        {
            tally.SameIds("ids", ids[i].Ids(), windows[i].Ids());
            tally.SameIds("places", Flat(offsets[i]), [.. windows[i].Tokens.SelectMany(t => (int[])[t.CodePoints.Start, t.CodePoints.End])]);
        }
    }

    private static int[] Flat(JsonElement pairs) => [.. pairs.EnumerateArray().SelectMany(p => p.Ids())];

    private static int CodePoints(string text, int units)
    {
        int count = units;
        for (int i = 1; i < units; i++) count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        return count;
    }
}
