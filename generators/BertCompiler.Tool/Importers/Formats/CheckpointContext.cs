using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Formats;

/// <summary>What a reader of checkpoints may use and where it reports.</summary>
/// <param name="Problems">Receives warnings, and errors that do not end the reading.</param>
/// <param name="Cancellation">Ends the reading early.</param>
internal sealed record CheckpointContext(ProblemList Problems, CancellationToken Cancellation = default)
{
    /// <summary>Memory for what files say about themselves.</summary>
    public ImportBudget Budget { get; init; } = new();

    /// <summary>Whether the numbers will be read too: checksums over them are only then worth their time.</summary>
    public bool ReadsNumbers { get; init; } = true;

    /// <summary>Receives the part that is done, 0…1, where opening itself reads much.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Opens another file of the checkpoint: one that a file beside <paramref name="source"/> names.</summary>
    /// <param name="source">The file that names it.</param>
    /// <param name="relative">The path as it is written there.</param>
    /// <param name="place">Where it is written, for messages: <c>'weight_map': 'x'</c>.</param>
    /// <exception cref="ImportException">The path leaves the folder, or there is no such file.</exception>
    public static ByteSource OpenBeside(ByteSource source, string relative, string place)
    {
        if (!Core.Config.RelativePath.IsInside(relative))
        {
            throw new ImportException(ProblemKinds.PathEscape, source.FilePath, $"{source.FileName}: {place} names '{relative}', which does not stay inside the model folder");
        }

        string path = Path.Combine(Path.GetDirectoryName(source.FilePath) ?? "", relative);
        if (!File.Exists(path))
        {
            throw new ImportException(ProblemKinds.WeightsMissing, source.FilePath, $"{source.FileName}: {place} names '{relative}', which is not there");
        }

        return ByteSource.Open(path, ProblemKinds.WeightsMissing);
    }
}
