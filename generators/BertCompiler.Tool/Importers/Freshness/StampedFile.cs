namespace BertCompiler.Tool.Importers.Freshness;

/// <summary>A file in one state.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Stamp">The state.</param>
internal sealed record StampedFile(string Path, FileStamp Stamp)
{
    /// <summary>Whether the file is still in that state.</summary>
    public bool Holds => FileStamp.Of(Path) == Stamp;
}
