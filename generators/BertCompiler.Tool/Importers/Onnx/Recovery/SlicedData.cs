using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A run of another tensor's numbers.</summary>
/// <param name="all">The other tensor.</param>
/// <param name="start">Its number that is the first here.</param>
internal sealed class SlicedData(TensorData all, long start) : TensorData
{
    public override void Read(long first, Span<float> destination) => all.Read(start + first, destination);
}
