using SemanticSearch.Texts;

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

    /// <summary>
    /// Whether an index may be written to <paramref name="path"/>: nothing is there, or an empty file, or one that begins as an index does –
    /// damaged or of another version, it is ours. Whatever else is there belongs to somebody.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool MayReplace(string path)
    {
        if (Directory.Exists(path) || FileKinds.IsSpecial(path)) return false;
        if (!File.Exists(path)) return true;
        Span<byte> start = stackalloc byte[Mark.Length];
        using FileStream stream = File.OpenRead(path);
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Mark.StartsWith(start[..read]);
    }
}
