using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Numbers that are all zero and lie nowhere.</summary>
internal sealed class Zeros : TensorData
{
    public override void Read(long first, Span<float> destination) => destination.Clear();
}
