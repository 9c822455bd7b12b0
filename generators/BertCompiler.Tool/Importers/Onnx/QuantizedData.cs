using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Numbers stored as DequantizeLinear reads them: (q − zero point) · scale.</summary>
internal abstract class QuantizedData : TensorData
{
    /// <summary>The data of <paramref name="values"/> in its own order, of which rows are read without holding all.</summary>
    /// <param name="values">int8, uint8, int4 or uint4, of one or two dimensions.</param>
    /// <param name="scale">fp32, fp16 or bf16: one; one for each index along <paramref name="axis"/>; or one for each block along it.</param>
    /// <param name="zeroPoint">As many, of the type of <paramref name="values"/>; null: 0.</param>
    /// <param name="axis">As the node says, may be negative.</param>
    /// <param name="block">The node's block_size; 0: scales are for one index, or for all.</param>
    /// <exception cref="ImportException">Types or dimensions that do not fit each other.</exception>
    public static QuantizedData Linear(OnnxTensor values, OnnxTensor scale, OnnxTensor? zeroPoint, long axis, long block) =>
        throw new NotSupportedException($"{values}{scale}{zeroPoint}{axis}{block}");

    /// <summary>The weight of a MatMulNBits node, [<paramref name="n"/>, <paramref name="k"/>] as Linear layers have it.</summary>
    public static QuantizedData MatMulNBits(OnnxTensor values, OnnxTensor scales, OnnxTensor? zeroPoints, long n, long k, long bits, long block) =>
        throw new NotSupportedException($"{values}{scales}{zeroPoints}{n}{k}{bits}{block}");

    /// <summary>The table [rows, width] of a GatherBlockQuantized node with gather_axis 0 and quantize_axis 1.</summary>
    public static QuantizedData GatherBlocks(OnnxTensor values, OnnxTensor scales, OnnxTensor? zeroPoints, long bits, long block) =>
        throw new NotSupportedException($"{values}{scales}{zeroPoints}{bits}{block}");

    /// <summary>The same matrix with rows and columns exchanged; held whole.</summary>
    public TensorData Transposed(WholeTensor whole) => throw new NotSupportedException($"{whole}");
}
