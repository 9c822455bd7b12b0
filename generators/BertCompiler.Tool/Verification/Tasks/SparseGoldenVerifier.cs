using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification.Golden;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>
/// A masked language model for retrieval against a folder of reference results: <c>sparse.jsonl</c>; where they are there,
/// <c>fill_mask.jsonl</c> and <c>detail.safetensors</c> too.
/// </summary>
internal sealed class SparseGoldenVerifier(ModelCache cache, string golden, string? head = null) : IFolderVerifier
{
    private const string Kind = "sparse encoder with reference results";

    private string Sparse => Path.Combine(golden, "sparse.jsonl");

    /// <inheritdoc/>
    public bool Recognises(string folder) => File.Exists(Sparse) && File.Exists(Path.Combine(folder, "config.json"));

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        try
        {
            CachedModel compiled = ModelOpener.Compile(ModelPath.Of(folder) with { Head = head }, Taps.Hidden | Taps.Attention, cache, cancellation);
            using EncoderModel loaded = compiled.Load();
            if (loaded is not MaskedLanguageModel model) throw new CommandException($"{folder} is no masked language model");
            var tally = new CaseTally(TaskVerifier.Tolerance);
            List<JsonElement> rows = [.. JsonRows.Read(Sparse)];
            int longest = rows.Max(r => r.GetProperty("ids").GetArrayLength());
            foreach (JsonElement row in rows) CompareSparse(model, row, longest, tally);
            string masks = Path.Combine(golden, "fill_mask.jsonl");
            if (File.Exists(masks)) CompareMasks(model, masks, tally);
            FolderReport report = tally.Report(folder, Kind);
            string detail = Path.Combine(golden, "detail.safetensors");
            return File.Exists(detail) ? WithDetail(report, model, detail, rows) : report;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException or KeyNotFoundException)
        {
            return FolderReport.Without(folder, Kind, Verdict.Failed, e.Message);
        }
    }

    /// <summary>The reference cut its texts to one length, which the longest have.</summary>
    private static void CompareSparse(MaskedLanguageModel model, JsonElement row, int longest, CaseTally tally)
    {
        string text = row.Text("text");
        FillMaskCases.CompareSparse(model, text, row.GetProperty("sparse").EnumerateArray(), new SparseOptions { Pooling = SparsePooling.Max, MaxTokens = longest }, tally);
        TokenEncoding encoding = model.Tokenizer.Encode(text, options: new EncodeOptions { Truncation = TruncationStrategy.LongestFirst, MaxLength = longest });
        tally.SameIds("ids", row.GetProperty("ids").Ids(), encoding.Ids());
    }

    private static void CompareMasks(MaskedLanguageModel model, string path, CaseTally tally)
    {
        foreach (JsonElement row in JsonRows.Read(path))
        {
            string text = row.Text("text");
            tally.Begin($"masks of '{text}'");
            JsonElement[] expected = [.. row.GetProperty("masks").EnumerateArray()];
            IReadOnlyList<MaskPrediction> found = model.FillMask(text, top: 10);
            if (!tally.Same("number of masks", expected.Length, found.Count)) continue;
            for (int mask = 0; mask < expected.Length; mask++)
            {
                tally.Same("position", expected[mask].GetProperty("position").GetInt32(), found[mask].TokenIndex);
                JsonElement[] top = [.. expected[mask].GetProperty("top").EnumerateArray()];
                tally.Count(top.Length);
                for (int i = 0; i < top.Length; i++)
                {
                    tally.Same("id", top[i].GetProperty("id").GetInt32(), found[mask].Candidates[i].Id);
                    tally.Score("probability", top[i].Number("probability"), found[mask].Candidates[i].Score);
                }
            }
        }
    }

    /// <summary>Hidden states, attention and logits of single texts.</summary>
    private static FolderReport WithDetail(FolderReport report, MaskedLanguageModel model, string detail, List<JsonElement> rows)
    {
        using SafeTensorsFile expected = SafeTensorsFile.Open(detail);
        var comparisons = new List<TensorComparison>(report.Tensors);
        foreach (TensorInfo tensor in expected.Tensors.Where(t => t.Name.EndsWith(".hidden", StringComparison.Ordinal)))
        {
            string name = tensor.Name[..^".hidden".Length];
            int[] ids = rows[int.Parse(name["text".Length..], System.Globalization.CultureInfo.InvariantCulture)].GetProperty("ids").Ids();
            comparisons.AddRange(new SingleTextComparer(model, expected).Compare(name, ids, SingleTextComparer.Hidden, SingleTextComparer.Attention));
        }

        return report with { Verdict = comparisons.TrueForAll(c => c.Passed) ? report.Verdict : Verdict.Failed, Tensors = comparisons };
    }
}
