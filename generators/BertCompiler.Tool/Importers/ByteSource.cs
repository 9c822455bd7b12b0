using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// The bytes of one file, read at any place: what every importer reads from. Whatever goes wrong is an <see cref="ImportException"/> that
/// names the file. Calls from several threads do not disturb each other.
/// </summary>
internal abstract class ByteSource(string path, long length) : IDisposable
{
    /// <summary>The file's path, as messages name it.</summary>
    public string FilePath { get; } = path;

    /// <summary>The last part of the path.</summary>
    public string FileName { get; } = Path.GetFileName(path);

    /// <summary>Number of bytes.</summary>
    public long Length { get; } = length;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImportException">It cannot be opened (<paramref name="kind"/>).</exception>
    public static ByteSource Open(string path, ProblemKind kind) => new FileSource(ModelFile.Open(path, kind), path);

    /// <summary>A seekable stream as a file called <paramref name="path"/>; the stream is closed with it.</summary>
    public static ByteSource Of(Stream stream, string path) => new StreamSource(stream, path);

    /// <summary>Fills <paramref name="destination"/> from byte <paramref name="offset"/>.</summary>
    /// <exception cref="ImportException">The file ends earlier, or cannot be read.</exception>
    public void Read(Span<byte> destination, long offset)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw new ImportException(ProblemKinds.FileTruncated, FilePath, $"{FileName} has {Length} bytes; {destination.Length} are needed from byte {offset} on");
        }

        ReadInside(destination, offset);
    }

    /// <summary>The first bytes, at most <paramref name="most"/>.</summary>
    public byte[] ReadBeginning(int most)
    {
        var bytes = new byte[Math.Min(most, Length)];
        Read(bytes, 0);
        return bytes;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>As <see cref="Read"/>; the range lies inside the file.</summary>
    protected abstract void ReadInside(Span<byte> destination, long offset);
}
