using BertCompiler.Core.Problems;
using Microsoft.Build.Utilities;

namespace BertCompiler.Tasks;

/// <summary>Problems as errors and warnings of a build.</summary>
internal static class ProblemLog
{
    /// <summary>Writes one problem, with the link to its page.</summary>
    public static void Write(TaskLoggingHelper log, Problem problem, string helpFolder)
    {
        string? help = HelpLinks.Of(helpFolder, problem.Kind.Id);

        // The message is an argument of a format: it may hold braces.
        if (problem.Severity == Severity.Error) log.LogError(null, problem.Kind.Id, null, help, problem.File, problem.Line, problem.Column, 0, 0, "{0}", problem.Message);
        else log.LogWarning(null, problem.Kind.Id, null, help, problem.File, problem.Line, problem.Column, 0, 0, "{0}", problem.Message);
    }
}
