namespace BertCompiler.Tool.Importers.Formats;

/// <summary>Numbers that lie one behind the other, in row-major order.</summary>
/// <param name="source">The file.</param>
/// <param name="dtype">fp32, fp16, bf16 or fp64.</param>
/// <param name="offset">Where they begin in the file, in bytes.</param>
internal sealed class PlainData(ByteSource source, TensorDtype dtype, long offset) : TensorData
{
    public override void Read(long first, Span<float> destination) =>
        Elements.Read(source, dtype, offset + (first * (TensorDtypes.BitsOf(dtype) / 8)), destination);
}
