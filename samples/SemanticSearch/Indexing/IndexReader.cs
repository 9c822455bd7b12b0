using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SemanticSearch.Passages;

namespace SemanticSearch.Indexing;

/// <summary>Reads an index file and believes nothing in it: every length is held against what is left before anything is allocated for it.</summary>
internal ref struct IndexReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest;

    private IndexReader(ReadOnlySpan<byte> content) => _rest = content;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no index file, or a damaged one, or one of another version of this program.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SearchIndex Read(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > IndexFormat.MaxBytes) throw new InvalidDataException("it is too large");
        return Parse(File.ReadAllBytes(path));
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static SearchIndex Parse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(IndexFormat.Mark)) throw new InvalidDataException("it is not an index file");
        if (bytes.Length < IndexFormat.Mark.Length + IndexFormat.HashBytes) throw Damaged();
        ReadOnlySpan<byte> content = bytes[..^IndexFormat.HashBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes[^IndexFormat.HashBytes..])) throw Damaged();
        return ParseContent(content[IndexFormat.Mark.Length..]);
    }

    /// <summary>What stands between the mark and the hash.</summary>
    internal static SearchIndex ParseContent(ReadOnlySpan<byte> content)
    {
        var reader = new IndexReader(content);
        try
        {
            return reader.Index();
        }
        catch (DecoderFallbackException)
        {
            throw Damaged();
        }
    }

    private SearchIndex Index()
    {
        if (Integer() != PassageSplitter.RulesVersion) throw new InvalidDataException("it is of another version of this program");
        string model = Text();
        int dimension = Integer();
        if (dimension < 1) throw Damaged();
        var files = new IndexedFile[Count(smallest: 4 + IndexFormat.HashBytes + 4)];
        for (int i = 0; i < files.Length; i++) files[i] = NextFile(dimension);
        return _rest.IsEmpty ? new SearchIndex(model, dimension, files) : throw Damaged();
    }

    private IndexedFile NextFile(int dimension)
    {
        string path = Text();
        byte[] hash = Take(IndexFormat.HashBytes).ToArray();
        var passages = new Passage[Count(smallest: 3 * sizeof(int))];
        for (int i = 0; i < passages.Length; i++)
        {
            int line = Integer();
            string heading = Text();
            string text = Text();
            if (line < 1 || string.IsNullOrWhiteSpace(text)) throw Damaged();
            passages[i] = new Passage(heading, text, line);
        }

        float[] vectors = MemoryMarshal.Cast<byte, float>(Take((long)passages.Length * dimension * sizeof(float))).ToArray();
        foreach (float value in vectors)
        {
            if (!float.IsFinite(value)) throw Damaged();
        }

        return new IndexedFile(path, hash, passages, vectors);
    }

    private string Text() => Strict.GetString(Take(Integer()));

    private int Integer() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    // A number of things that take at least `smallest` bytes each.
    private int Count(int smallest)
    {
        int count = Integer();
        return count >= 0 && count <= _rest.Length / smallest ? count : throw Damaged();
    }

    private ReadOnlySpan<byte> Take(long bytes)
    {
        if (bytes < 0 || bytes > _rest.Length) throw Damaged();
        ReadOnlySpan<byte> taken = _rest[..(int)bytes];
        _rest = _rest[(int)bytes..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("it is damaged");
}
