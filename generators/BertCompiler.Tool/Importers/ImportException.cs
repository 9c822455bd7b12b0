using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers;

/// <summary>A fault that ends the reading of a file: nothing behind it can be trusted.</summary>
internal sealed class ImportException(Problem problem) : Exception(problem.ToString())
{
    public ImportException(ProblemKind kind, string file, string message, int line = 0, int column = 0)
        : this(new Problem(kind, Severity.Error, file, line, column, message))
    {
    }

    /// <summary>The fault.</summary>
    public Problem Problem { get; } = problem;
}
