namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>Takes one entry of a table.</summary>
internal delegate void TableEntryReader(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
