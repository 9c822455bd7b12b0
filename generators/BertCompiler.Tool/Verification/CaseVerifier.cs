using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Running;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification.Tasks;

namespace BertCompiler.Tool.Verification;

/// <summary>
/// A model folder that carries its own cases: <c>case.json</c> and <c>expected.safetensors</c>, which holds inputs and the results that
/// they must give.
/// </summary>
internal sealed class CaseVerifier(ModelCache cache) : IFolderVerifier
{
    /// <summary>The file of inputs and results.</summary>
    public const string Expected = "expected.safetensors";

    /// <summary>
    /// The greatest absolute difference that passes: fp32 runs of PyTorch itself are up to 5.3e-5 from float64 on models that amplify
    /// errors, and within 1.5e-5 on others.
    /// </summary>
    public const double Tolerance = 1e-4;

    private const string Kind = "model with cases";
    private const string Description = "case.json";

    /// <inheritdoc/>
    public bool Recognises(string folder) => File.Exists(Path.Combine(folder, Description)) && File.Exists(Path.Combine(folder, Expected));

    /// <inheritdoc/>
    public FolderReport Verify(string folder, CancellationToken cancellation)
    {
        string expectedFile = Path.Combine(folder, Expected);
        try
        {
            using SafeTensorsFile expected = SafeTensorsFile.Open(expectedFile);
            ImportOptions options = CaseHead.OptionsFor(folder, JsonRows.ReadFile(Path.Combine(folder, Description)));
            CachedModel model = cache.Get(folder, TapsOf(expected), options, progress: null, cancellation);
            if (!model.Import.Succeeded) return NotImported(folder, model.Import);
            return Compare(folder, expected, model, cancellation);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException)
        {
            return FolderReport.Without(folder, Kind, Verdict.Failed, e.Message);
        }
    }

    private static Taps TapsOf(SafeTensorsFile expected)
    {
        bool hidden = expected.Tensors.Any(t => t.Name.Contains(".hidden_states.", StringComparison.Ordinal));
        bool attention = expected.Tensors.Any(t => t.Name.Contains(".attentions.", StringComparison.Ordinal));
        return (hidden ? Taps.Hidden : Taps.None) | (attention ? Taps.Attention : Taps.None);
    }

    private static FolderReport NotImported(string folder, ImportResult import)
    {
        Problem[] errors = [.. import.Problems.Where(p => p.Severity == Severity.Error)];

        // Other families call their fields otherwise, so further errors follow from the first.
        bool unsupported = Array.Exists(errors, p => p.Kind == ProblemKinds.ConfigUnsupported || p.Kind == ProblemKinds.TokenizerUnsupported);
        return FolderReport.Without(folder, Kind, unsupported ? Verdict.NotSupported : Verdict.Failed, errors.Select(p => p.ToString()));
    }

    private static FolderReport Compare(string folder, SafeTensorsFile expected, CachedModel model, CancellationToken cancellation)
    {
        ModelSpec spec = model.Import.Manifest!.Spec;
        using var results = new TemporaryFile(".safetensors");
        Taps taps = TapsOf(expected);
        RunSummary summary = new BatchRunner(model, taps).Run(expected.FilePath, results.Path, progress: null, cancellation);
        using SafeTensorsFile actual = SafeTensorsFile.Open(results.Path);
        var comparisons = new List<TensorComparison>();
        var missing = new List<string>();
        Dictionary<string, ModelOutput> outputs = ModelOutput.Of(model.Import.Manifest!, taps).ToDictionary(o => o.Name, StringComparer.Ordinal);
        IReadOnlyList<InputGroup> groups = new InputGroupReader(expected, spec).Read();
        foreach (InputGroup group in groups)
        {
            var coverage = new RowCoverage(expected, group);
            foreach (TensorInfo tensor in expected.Tensors.Where(t => TensorDtypes.IsWeight(t.Dtype) && GroupOf(t.Name, groups) == group))
            {
                if (!outputs.TryGetValue(tensor.Name[(group.Name.Length + 1)..], out ModelOutput? output)) missing.Add($"'{tensor.Name}' is expected; the model has no such result");
                else if (actual.Find(tensor.Name) is not { } own || own.Shape != tensor.Shape) missing.Add($"'{tensor.Name}' is expected in the shape {tensor.ShapeText}; the model gives [{string.Join(", ", output.ShapeFor(group))}]");
                else comparisons.Add(TensorComparer.Compare(tensor.Name, expected.ReadSingles(tensor), actual.ReadSingles(own), Tolerance, i => coverage.Has(output, i)));
            }
        }

        if (comparisons.Count == 0) missing.Add($"{expected.FilePath} holds no result to compare");
        bool passed = missing.Count == 0 && comparisons.TrueForAll(c => c.Passed);
        string line = FormattableString.Invariant($"{summary.Groups} inputs, {comparisons.Count} tensors, {comparisons.Sum(c => c.Values)} numbers; greatest error {comparisons.Select(c => c.MaxError).DefaultIfEmpty(0).Max():0.0e+0} of {Tolerance:0.0e+0}");
        return new FolderReport(folder, Kind, passed ? Verdict.Passed : Verdict.Failed, [line, .. missing], comparisons);
    }

    /// <summary>The group whose name a tensor's name begins with; of several the longest.</summary>
    private static InputGroup? GroupOf(string tensor, IReadOnlyList<InputGroup> groups) =>
        groups.Where(g => tensor.StartsWith(g.Name + ".", StringComparison.Ordinal)).MaxBy(g => g.Name.Length);
}
