using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// How much memory a reader may use for what a file says about itself: names, shapes, graphs, tables. A reader spends before it allocates,
/// so a file that claims more than its worth is refused and never believed.
/// </summary>
internal sealed class ImportBudget(long bytes = ImportBudget.Default)
{
    /// <summary>64 MB.</summary>
    public const long Default = 64L << 20;

    private long _left = bytes;

    /// <summary>Bytes that may still be spent.</summary>
    public long Left => _left;

    /// <summary>Takes <paramref name="bytes"/> off the budget.</summary>
    /// <param name="bytes">What is about to be allocated.</param>
    /// <param name="kind">The kind of fault if that is too much.</param>
    /// <param name="source">The file.</param>
    /// <param name="what">What needs the memory, for the message.</param>
    /// <exception cref="ImportException">More than is left, or negative.</exception>
    public void Spend(long bytes, ProblemKind kind, ByteSource source, string what)
    {
        if (bytes < 0 || bytes > _left)
        {
            throw new ImportException(kind, source.FilePath, $"{source.FileName}: {what} would take {bytes} bytes of memory; {_left} are left of what a file's description may use");
        }

        _left -= bytes;
    }
}
