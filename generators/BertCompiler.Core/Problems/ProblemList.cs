namespace BertCompiler.Core.Problems;

/// <summary>Collects the faults of one import, so that a person sees all of them at once.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> _items = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<Problem> Items => _items;

    /// <summary>Whether anything was found that stops the compilation.</summary>
    public bool HasErrors => _items.Exists(p => p.Severity == Severity.Error);

    /// <summary>Adds a problem.</summary>
    public void Add(Problem problem) => _items.Add(problem);

    /// <summary>Adds an error at a place of a text file; line 0 where the file has no lines.</summary>
    public void Error(ProblemKind kind, string file, string message, int line = 0, int column = 0) =>
        Add(new Problem(kind, Severity.Error, file, line, column, message));

    /// <summary>Adds a warning at a place of a text file; line 0 where the file has no lines.</summary>
    public void Warning(ProblemKind kind, string file, string message, int line = 0, int column = 0) =>
        Add(new Problem(kind, Severity.Warning, file, line, column, message));
}
