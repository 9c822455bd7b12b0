using System.Runtime.InteropServices;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Writes matrices [out, in] into a graph in fewer bits, and notes the values that they then stand for.</summary>
internal sealed class Quantizer(OnnxWriter graph)
{
    private const int Block = 32;

    /// <summary>Values by the weight's name, as they must be read.</summary>
    public Dictionary<string, float[]> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>int8 [in, out] with one scale for each output: names of numbers, scale, zero points.</summary>
    public (string Numbers, string Scale, string ZeroPoint) Columns(string name, string stored, float[] matrix, int outputs, int inputs, bool unsigned)
    {
        var scales = new float[outputs];
        var zeroPoints = new byte[outputs];
        var numbers = new byte[outputs * inputs];
        var values = new float[outputs * inputs];
        for (int o = 0; o < outputs; o++)
        {
            float greatest = matrix.AsSpan(o * inputs, inputs).ToArray().Max(Math.Abs);
            scales[o] = greatest / 120;
            int zero = unsigned ? 128 : o % 5;
            zeroPoints[o] = (byte)zero;
            for (int i = 0; i < inputs; i++)
            {
                int q = (int)MathF.Round(matrix[(o * inputs) + i] / scales[o]) + zero;
                numbers[(i * outputs) + o] = unsigned ? (byte)q : (byte)(sbyte)q;
                values[(o * inputs) + i] = (q - zero) * scales[o];
            }
        }

        Values[name] = values;
        OnnxType type = unsigned ? OnnxType.UInt8 : OnnxType.Int8;
        return (
            graph.Tensor(stored + "_quantized", type, [inputs, outputs], numbers),
            graph.Floats(stored + "_scale", [outputs], scales),
            graph.Tensor(stored + "_zero_point", type, [outputs], zeroPoints));
    }

    /// <summary>What MatMulNBits takes; half of the scales are negative, as the usual symmetric quantiser leaves them.</summary>
    public (string Numbers, string Scales, string ZeroPoints) FourBits(string name, string stored, float[] matrix, int outputs, int inputs, bool withZeroPoints)
    {
        int blocks = (inputs + Block - 1) / Block;
        var numbers = new byte[outputs * blocks * Block / 2];
        var scales = new float[outputs * blocks];
        var zeroPoints = new byte[outputs * ((blocks + 1) / 2)];
        var values = new float[outputs * inputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int b = 0; b < blocks; b++)
            {
                int width = Math.Min(Block, inputs - (b * Block));
                Span<float> row = matrix.AsSpan((o * inputs) + (b * Block), width);
                float farthest = row.ToArray().MaxBy(Math.Abs);
                int zero = withZeroPoints ? 6 + ((o + b) % 4) : 8;
                float scale = farthest / (farthest > 0 && withZeroPoints ? 15 - zero : -zero);
                scales[(o * blocks) + b] = scale;
                zeroPoints[(o * ((blocks + 1) / 2)) + (b / 2)] |= (byte)(zero << (4 * (b % 2)));
                for (int i = 0; i < width; i++)
                {
                    int q = Math.Clamp((int)MathF.Round(row[i] / scale) + zero, 0, 15);
                    numbers[(((o * blocks) + b) * (Block / 2)) + (i / 2)] |= (byte)(q << (4 * (i % 2)));
                    values[(o * inputs) + (b * Block) + i] = (q - zero) * scale;
                }
            }
        }

        Values[name] = values;
        return (
            graph.Tensor(stored + "_Q4", OnnxType.UInt8, [outputs, blocks, Block / 2], numbers),
            graph.Floats(stored + "_scales", [outputs * blocks], scales),
            withZeroPoints ? graph.Tensor(stored + "_zero_points", OnnxType.UInt8, [zeroPoints.Length], zeroPoints) : "");
    }

    /// <summary>int4 [in, out] with one scale for each block of 16 inputs of an output, for DequantizeLinear on axis 0.</summary>
    public (string Numbers, string Scales) LinearBlocks(string name, string stored, float[] matrix, int outputs, int inputs, int block)
    {
        int blocks = (inputs + block - 1) / block;
        var numbers = new byte[((outputs * inputs) + 1) / 2];
        var scales = new float[blocks * outputs];
        var values = new float[outputs * inputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                int b = i / block;
                Span<float> row = matrix.AsSpan((o * inputs) + (b * block), Math.Min(block, inputs - (b * block)));
                float scale = row.ToArray().Max(Math.Abs) / 7;
                scales[(b * outputs) + o] = scale;
                int q = (int)MathF.Round(matrix[(o * inputs) + i] / scale);
                int at = (i * outputs) + o;
                numbers[at / 2] |= (byte)((q & 15) << (4 * (at % 2)));
                values[(o * inputs) + i] = q * scale;
            }
        }

        Values[name] = values;
        return (graph.Tensor(stored + "_DQ_Q4", OnnxType.Int4, [inputs, outputs], numbers), graph.Floats(stored + "_scales", [blocks, outputs], scales));
    }

    /// <summary>A table of uint8 with one scale, whose rows are widened behind a Gather.</summary>
    public (string Numbers, string Scale, string ZeroPoint) Table(string name, float[] table, long[] shape)
    {
        const int zero = 117;
        float scale = table.Max(Math.Abs) / 110;
        byte[] numbers = [.. table.Select(v => (byte)((int)MathF.Round(v / scale) + zero))];
        Values[name] = [.. numbers.Select(q => (q - zero) * scale)];
        return (
            graph.Tensor(name + "_quantized", OnnxType.UInt8, shape, numbers),
            graph.Floats(name + "_scale", [], [scale]),
            graph.Tensor(name + "_zero_point", OnnxType.UInt8, [], MemoryMarshal.AsBytes([(byte)zero])));
    }
}
