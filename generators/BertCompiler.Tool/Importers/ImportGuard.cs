using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// The one place where exceptions become problems: whatever a folder does to an import, what is told has an id and names a file. Cancellation
/// passes through.
/// </summary>
internal static class ImportGuard
{
    /// <summary>Runs a step of an import.</summary>
    /// <param name="file">The file or folder that is being read, where the fault does not name one itself.</param>
    /// <param name="problems">Takes what was wrong.</param>
    /// <param name="step">The step.</param>
    /// <param name="passes">Exceptions that are the caller's, not the folder's; null: none.</param>
    /// <returns>Whether the step came to its end.</returns>
    public static bool Run(string file, ProblemList problems, Action step, Predicate<Exception>? passes = null)
    {
        try
        {
            step();
            return true;
        }
        catch (ImportException e)
        {
            problems.Add(e.Problem);
        }
        catch (Exception e) when (e is not OperationCanceledException && passes?.Invoke(e) != true)
        {
            problems.Error(ProblemKinds.FolderUnreadable, file, Describe(e));
        }

        return false;
    }

    private static string Describe(Exception exception) => exception switch
    {
        OutOfMemoryException => "it asks for more memory than there is",
        IOException or UnauthorizedAccessException => $"it cannot be read: {exception.Message}",
        _ => $"it could not be imported, for a reason that nobody foresaw; please report it with this text ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")})",
    };
}
