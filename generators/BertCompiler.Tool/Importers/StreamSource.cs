using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers;

/// <summary>A seekable stream.</summary>
internal sealed class StreamSource(Stream stream, string path) : ByteSource(path, stream.Length)
{
    private readonly Lock _lock = new();

    public override void Dispose() => stream.Dispose();

    protected override void ReadInside(Span<byte> destination, long offset)
    {
        try
        {
            lock (_lock)
            {
                stream.Position = offset;
                stream.ReadExactly(destination);
            }
        }
        catch (IOException e)
        {
            throw new ImportException(ProblemKinds.FileTruncated, FilePath, $"{FileName} cannot be read at byte {offset}: {e.Message}");
        }
    }
}
