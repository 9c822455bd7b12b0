namespace SemanticSearch.Indexing;

/// <summary>
/// The index file: mark, rules version, model hash, dimension, files; a file: path, SHA-256, its passages (line, heading, text) and their
/// vectors. Integers and floats are little-endian, texts are UTF-8 behind their length in bytes. SHA-256 of all that at the end.
/// </summary>
internal static class IndexFormat
{
    public const int HashBytes = 32;

    /// <summary>Larger files are not read.</summary>
    public const long MaxBytes = 1L << 30;

    public static ReadOnlySpan<byte> Mark => "BERTSRCH"u8;
}
