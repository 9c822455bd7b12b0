using BertCompiler.Core.Problems;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Collects what a comparison finds: tensors with their errors, and things that must be equal.</summary>
internal sealed class TaskReport(string folder, string kind)
{
    private const int MostDifferences = 20;

    private readonly List<TensorComparison> _tensors = [];
    private readonly List<string> _differences = [];
    private int _different;

    /// <summary>Number of things that were found equal or not.</summary>
    public int Checks { get; private set; }

    /// <summary>Runs a comparison; what is wrong with the folder is in the report.</summary>
    public static FolderReport Run(string folder, string kind, Func<TaskReport, FolderReport> compare)
    {
        try
        {
            return compare(new TaskReport(folder, kind));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ImportException or CommandException or KeyNotFoundException or InvalidOperationException)
        {
            return FolderReport.Without(folder, kind, Verdict.Failed, e.Message);
        }
    }

    /// <summary>The report of a model that does not compile.</summary>
    public FolderReport NotImported(ImportResult import)
    {
        Problem[] errors = [.. import.Problems.Where(p => p.Severity == Severity.Error)];
        bool unsupported = Array.Exists(errors, p => p.Kind == ProblemKinds.ConfigUnsupported || p.Kind == ProblemKinds.TokenizerUnsupported);
        return FolderReport.Without(folder, kind, unsupported ? Verdict.NotSupported : Verdict.Failed, errors.Select(p => p.ToString()));
    }

    /// <summary>Notes the greatest error of some numbers; <paramref name="tolerance"/> is for values up to 1 and grows with the largest.</summary>
    public void Compare(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
        {
            Equal(name + ": numbers", expected.Length, actual.Length);
            return;
        }

        float largest = 1;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        _tensors.Add(TensorComparer.Compare(name, expected, actual, tolerance * largest));
    }

    /// <summary>Notes whether two things are equal.</summary>
    public void Equal<T>(string name, T expected, T actual) => Check(name, EqualityComparer<T>.Default.Equals(expected, actual), () => $"{expected} was expected, {actual} found");

    /// <summary>Notes whether something is so.</summary>
    public void Check(string name, bool holds, Func<string> otherwise)
    {
        Checks++;
        if (holds) return;
        if (++_different <= MostDifferences) _differences.Add($"{name}: {otherwise()}");
    }

    /// <summary>The report, under one sentence.</summary>
    public FolderReport Finish(string line)
    {
        if (_different > MostDifferences) _differences.Add($"and {_different - MostDifferences} more differences");
        bool passed = _different == 0 && _tensors.TrueForAll(t => t.Passed) && Checks + _tensors.Count > 0;
        double share = _tensors.Select(t => t.Share).DefaultIfEmpty(0).Max();
        string sum = FormattableString.Invariant($"{line}; {Checks} checks, {_different} different; {_tensors.Sum(t => t.Values)} numbers, greatest error {share:0.0e+0} of what is allowed");
        return new FolderReport(folder, kind, passed ? Verdict.Passed : Verdict.Failed, [sum, .. _differences], _tensors);
    }
}
