using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx.Recovery;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>An ONNX graph of an encoder, as PyTorch, optimum and ONNX Runtime write it: with external data, fused or quantised.</summary>
internal sealed class OnnxFormat : ICheckpointFormat
{
    private const byte VersionTag = 0x08;
    private const byte MostVersions = 30;

    public string Name => "ONNX";

    public string? Find(string folder, ICollection<string> notes) => OnnxFiles.Choose(folder, notes);

    /// <summary>By name, or as files begin whose first field is <c>ir_version</c>, a small number, and whose next is of a model.</summary>
    public bool Matches(string fileName, ReadOnlySpan<byte> beginning) =>
        fileName.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)
        || (beginning.Length > 2 && beginning[0] == VersionTag && beginning[1] is > 0 and < MostVersions && beginning[2] is 0x12 or 0x3A or 0x42);

    public ICheckpoint Open(ByteSource source, CheckpointContext context)
    {
        OnnxGraph graph = OnnxReader.Open(source, context);
        try
        {
            return GraphRecovery.Recover(graph, context);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }
}
