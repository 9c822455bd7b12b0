namespace BertCompiler.Tool.Verification;

/// <summary>What came of one folder, with everything that was compared in it.</summary>
/// <param name="Folder">The folder as it was named.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Lines">Sentences for people: results in one line each, or why it failed or was not run.</param>
/// <param name="Tensors">Numbers that were compared.</param>
internal sealed record FolderReport(string Folder, string Kind, Verdict Verdict, IReadOnlyList<string> Lines, IReadOnlyList<TensorComparison> Tensors)
{
    /// <summary>A folder that could not be compared.</summary>
    public static FolderReport Without(string folder, string kind, Verdict verdict, params IEnumerable<string> lines) => new(folder, kind, verdict, [.. lines], []);
}
