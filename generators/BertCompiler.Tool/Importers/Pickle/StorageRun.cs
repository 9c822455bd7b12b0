namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Where the bytes of a storage lie in the file.</summary>
internal readonly record struct StorageRun(long Offset, long Bytes);
