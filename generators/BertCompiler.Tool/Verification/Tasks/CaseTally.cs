using BertCompiler.Tokenization;
using BertCompiler.Tool.Commands;

namespace BertCompiler.Tool.Verification.Tasks;

/// <summary>Counts what was compared in a folder, what differs, and how far scores are off.</summary>
/// <param name="tolerance">The greatest difference of a score that passes.</param>
internal sealed class CaseTally(double tolerance)
{
    private const int ShownDifferences = 5;
    private const int ShownLength = 100;

    private readonly List<string> _shown = [];
    private readonly SortedDictionary<string, double> _errors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _values = new(StringComparer.Ordinal);
    private string _case = "";
    private bool _nearTie;
    private bool _differs;

    /// <summary>Cases compared.</summary>
    public int Cases { get; private set; }

    /// <summary>Results in them: entities, answers, labels.</summary>
    public int Results { get; private set; }

    /// <summary>Cases that differ, near ties not counted.</summary>
    public int Different { get; private set; }

    /// <summary>Cases that the reference marks as near ties and that differ.</summary>
    public int NearTies { get; private set; }

    /// <summary>Cases that were not compared.</summary>
    public int NotRun { get; private set; }

    /// <summary>The first differences, in words.</summary>
    public IReadOnlyList<string> Differences => _shown;

    /// <summary>Begins a case.</summary>
    /// <param name="description">What it is called in messages.</param>
    /// <param name="nearTie">Whether two scores are so near that their order may differ.</param>
    public void Begin(string description, bool nearTie = false)
    {
        End();
        _case = description.Length <= ShownLength ? description : description[..ShownLength] + "…";
        _nearTie = nearTie;
        Cases++;
    }

    /// <summary>Ends the last case.</summary>
    public void End()
    {
        if (_differs && _nearTie) NearTies++;
        else if (_differs) Different++;
        _differs = false;
    }

    /// <summary>Says that a case could not be compared.</summary>
    public void Skip() => NotRun++;

    /// <summary>Compares two things that must be equal.</summary>
    public bool Same<T>(string what, T expected, T actual)
    {
        bool same = EqualityComparer<T>.Default.Equals(expected, actual);
        if (!same) Differ($"{what}: expected {Show(expected)}, found {Show(actual)}");
        return same;
    }

    /// <summary>Compares two lists of ids.</summary>
    public bool SameIds(string what, ReadOnlySpan<int> expected, ReadOnlySpan<int> actual)
    {
        if (expected.SequenceEqual(actual)) return true;
        Differ($"{what}: expected {string.Join(' ', expected.ToArray())}, found {string.Join(' ', actual.ToArray())}");
        return false;
    }

    /// <summary>Compares a score.</summary>
    public void Score(string kind, double expected, double actual)
    {
        double error = Math.Abs(expected - actual);
        if (double.IsNaN(error)) error = double.PositiveInfinity;
        _errors[kind] = Math.Max(_errors.GetValueOrDefault(kind), error);
        _values[kind] = _values.GetValueOrDefault(kind) + 1;
        if (error > tolerance) Differ(FormattableString.Invariant($"{kind}: expected {expected:G9}, found {actual:G9}"));
    }

    /// <summary>Counts results of the present case.</summary>
    public void Count(int results) => Results += results;

    /// <summary>Notes that the present case differs.</summary>
    public void Differ(string how)
    {
        if (!_differs && !_nearTie && _shown.Count < ShownDifferences) _shown.Add($"{_case}: {how}");
        _differs = true;
    }

    /// <summary>What came of it.</summary>
    public FolderReport Report(string folder, string kind)
    {
        End();
        string notRun = NotRun > 0 ? $", {NotRun} not run" : "";
        string line = $"{Wording.Count(Cases, "case")}, {Wording.Count(Results, "result")}: {Different} different, {Wording.Count(NearTies, "near tie")} in another order{notRun}";
        TensorComparison[] comparisons = [.. _errors.Select(e => new TensorComparison(e.Key, e.Value, tolerance, _values[e.Key]))];
        return new FolderReport(folder, kind, Cases > 0 && Different == 0 ? Verdict.Passed : Verdict.Failed, [line, .. _shown], comparisons);
    }

    private static string Show<T>(T value) => value switch
    {
        string text => $"'{text}'",
        TextSpan span => FormattableString.Invariant($"[{span.Start}, {span.End})"),
        _ => FormattableString.Invariant($"{value}"),
    };
}
