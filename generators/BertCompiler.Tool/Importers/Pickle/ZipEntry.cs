namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A file in an archive that is stored as it is.</summary>
/// <param name="Name">Its path inside the archive.</param>
/// <param name="Offset">Where its bytes begin in the archive's file.</param>
/// <param name="Length">Number of its bytes.</param>
internal sealed record ZipEntry(string Name, long Offset, long Length);
