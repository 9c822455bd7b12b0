using System.Runtime.InteropServices;
using BertCompiler.Tool.Importers.SafeTensors;
using BertCompiler.Tool.Verification;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>
/// One tensor <c>embeddings</c> [N,H]. How many texts there are is known at the end only, so rows are kept in a temporary file until then.
/// </summary>
internal sealed class SafeTensorsEmbeddingWriter : IEmbeddingWriter
{
    /// <summary>The name of the one tensor.</summary>
    public const string TensorName = "embeddings";

    private readonly string _path;
    private readonly int _width;
    private readonly TemporaryFile _rows = new(".rows");
    private readonly FileStream _stream;
    private long _count;

    public SafeTensorsEmbeddingWriter(string path, int width)
    {
        (_path, _width) = (path, width);
        _stream = new FileStream(_rows.Path, FileMode.CreateNew, FileAccess.ReadWrite);
    }

    public void Write(ReadOnlySpan<float> embedding, bool truncated)
    {
        _stream.Write(MemoryMarshal.AsBytes(embedding));
        _count++;
    }

    public void Flush()
    {
        // The file appears when all is known.
    }

    public void Commit()
    {
        using var output = new SafeTensorsOutput(_path, [new TensorDeclaration(TensorName, new([_count, _width]))]);
        _stream.Position = 0;
        var row = new float[_width];
        for (long i = 0; i < _count; i++)
        {
            _stream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            output.Write(0, i * _width, row);
        }

        output.Commit();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _rows.Dispose();
    }
}
