using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Opens an ONNX file.</summary>
internal static class OnnxReader
{
    /// <summary>Walks a file and checks it, up to the numbers themselves.</summary>
    /// <param name="source">The file; owned by the result, or closed if there is none.</param>
    /// <param name="context">What may be used and where faults are reported.</param>
    /// <exception cref="ImportException">Not sound.</exception>
    public static OnnxGraph Open(ByteSource source, CheckpointContext context) => throw new NotSupportedException(source.FilePath + context);
}
