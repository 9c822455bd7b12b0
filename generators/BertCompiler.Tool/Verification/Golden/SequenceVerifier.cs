using System.Text.Json;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification.Golden;

/// <summary>
/// A masked language model that reads ids, against a folder of reference results: <c>sequences.jsonl</c> with the ids, and
/// <c>expected.safetensors</c> with <c>seqN.logits</c>, <c>seqN.hidden</c>, <c>seqN.attention</c> and a padded batch.
/// </summary>
internal sealed class SequenceVerifier(ModelCache cache, string golden, string? head = null) : IFolderVerifier
{
    /// <summary>The file of ids.</summary>
    public const string Sequences = "sequences.jsonl";

    private const string Kind = "model with reference logits";

    /// <inheritdoc/>
    public bool Recognises(string folder) => Directory.Exists(folder) && File.Exists(Path.Combine(golden, Sequences));

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        try
        {
            CachedModel compiled = ModelOpener.Compile(ModelPath.Of(folder) with { Head = head }, Taps.Hidden | Taps.Attention, cache, cancellation);
            using EncoderModel model = compiled.Load();
            using SafeTensorsFile expected = SafeTensorsFile.Open(Path.Combine(golden, CaseVerifier.Expected));
            var comparisons = new List<TensorComparison>();
            IReadOnlyList<int[]> sequences = ReadIds(Path.Combine(golden, Sequences));
            for (int i = 0; i < sequences.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                comparisons.AddRange(new SingleTextComparer(model, expected).Compare(FormattableString.Invariant($"seq{i}"), sequences[i], SingleTextComparer.Logits));
            }

            if (expected.Find("batch.input_ids") is { } ids) CompareBatch(model, expected, ids, sequences, comparisons);
            bool passed = comparisons.Count > 0 && comparisons.TrueForAll(c => c.Passed);
            string line = FormattableString.Invariant($"{sequences.Count} sequences, {comparisons.Count} tensors, {comparisons.Sum(c => c.Values)} numbers; greatest error {comparisons.Select(c => c.MaxError).DefaultIfEmpty(0).Max():0.0e+0} of {CaseVerifier.Tolerance:0.0e+0}");
            return new FolderReport(folder, Kind, passed ? Verdict.Passed : Verdict.Failed, [line], comparisons);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException)
        {
            return FolderReport.Without(folder, Kind, Verdict.Failed, e.Message);
        }
    }

    /// <summary>The first sequences in one batch; rows of padding mean nothing.</summary>
    private static void CompareBatch(EncoderModel model, SafeTensorsFile expected, TensorInfo ids, IReadOnlyList<int[]> sequences, List<TensorComparison> comparisons)
    {
        int count = (int)ids.Shape[0];
        int width = (int)ids.Shape[1];
        var batch = new TokenBatch();
        for (int b = 0; b < count; b++) batch.Add(sequences[b]);
        var outputs = new CapturedOutputs();
        model.Run(batch, outputs);
        int columns = outputs["logits"].Length / batch.TokenCount;
        int[] offsets = batch.Offsets.ToArray();
        bool counts(int i) => i / columns % width < sequences[i / (width * columns)].Length;
        var values = new float[count * width * columns];
        if (expected.Find("batch.logits") is not { } tensor || tensor.Elements != values.Length) throw new InvalidDataException($"{expected.FilePath}: expected 'batch.logits' [{count}, {width}, {columns}]");
        for (int i = 0; i < values.Length; i++)
        {
            if (counts(i)) values[i] = outputs["logits"][((offsets[i / (width * columns)] + (i / columns % width)) * columns) + (i % columns)];
        }

        comparisons.Add(TensorComparer.Compare("batch.logits", expected.ReadSingles(tensor), values, CaseVerifier.Tolerance, i => counts((int)i)));
    }

    private static List<int[]> ReadIds(string path)
    {
        var sequences = new List<int[]>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                sequences.Add([.. document.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())]);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{path}({sequences.Count + 1}): expected an object with 'ids': {e.Message}", e);
            }
        }

        return sequences;
    }
}
