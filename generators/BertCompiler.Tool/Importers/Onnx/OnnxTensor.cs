using System.Buffers.Binary;
using BertCompiler.Core;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>A tensor of an ONNX file, checked: its dimensions and type ask for exactly the bytes that are there.</summary>
internal sealed class OnnxTensor
{
    /// <summary>Its name; a Constant node's is that of the node's output.</summary>
    public required string Name { get; init; }

    /// <summary>Its element type.</summary>
    public required OnnxType Type { get; init; }

    /// <summary>Its dimensions; empty for a scalar.</summary>
    public required EquatableArray<long> Dims { get; init; }

    /// <summary>Number of elements.</summary>
    public required long Elements { get; init; }

    /// <summary>Where the numbers lie: the ONNX file, a file beside it, or memory under the ONNX file's name.</summary>
    public required ByteSource Source { get; init; }

    /// <summary>Where the numbers begin in <see cref="Source"/>, in bytes.</summary>
    public required long Offset { get; init; }

    /// <summary>Their length in bytes; elements of less than a byte are packed, the first in the lowest bits. 0 for strings.</summary>
    public required long Bytes { get; init; }

    /// <summary>The element type as checkpoints call it; null: they have no word for it (4 bits, strings, some fp8).</summary>
    public TensorDtype? Dtype => OnnxTypes.DtypeOf(Type);

    /// <summary>The dimensions as text, <c>[384, 384]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Dims)}]";

    /// <summary>Reads bytes <paramref name="at"/> … of the tensor.</summary>
    /// <exception cref="ImportException">The file could not be read.</exception>
    public void ReadBytes(long at, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at, Bytes - destination.Length);
        Source.Read(destination, Offset + at);
    }

    /// <summary>All numbers of a small tensor of fp32, fp16, bf16 or fp64, row-major, as fp32.</summary>
    /// <exception cref="ImportException">Another type, or more elements than an array can hold.</exception>
    public float[] ReadSingles()
    {
        if (Dtype is not { } dtype || !TensorDtypes.IsWeight(dtype)) throw Unexpected("floats");
        var values = new float[Count()];
        Formats.Elements.Read(Source, dtype, Offset, values);
        return values;
    }

    /// <summary>All numbers of a small tensor of any integer type (or truth values), row-major.</summary>
    /// <exception cref="ImportException">Another type, more elements than an array can hold, or a number beyond int64.</exception>
    public long[] ReadInt64s()
    {
        if (OnnxTypes.IsSigned(Type) is not { } signed) throw Unexpected("integers");
        var values = new long[Count()];
        var bytes = new byte[checked((int)Bytes)];
        ReadBytes(0, bytes);
        int bits = OnnxTypes.BitsOf(Type)!.Value;
        for (int i = 0; i < values.Length; i++) values[i] = bits < 8 ? Packed(bytes, i, bits, signed) : Whole(bytes.AsSpan(i * (bits / 8)), signed);
        return values;
    }

    private static long Packed(byte[] bytes, int index, int bits, bool signed)
    {
        int bit = index * bits;
        int code = (bytes[bit / 8] >> (bit % 8)) & ((1 << bits) - 1);
        return signed && code >= 1 << (bits - 1) ? code - (1 << bits) : code;
    }

    private long Whole(ReadOnlySpan<byte> bytes, bool signed)
    {
        long value = OnnxTypes.BitsOf(Type) switch
        {
            8 => signed ? (sbyte)bytes[0] : bytes[0],
            16 => signed ? BinaryPrimitives.ReadInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            32 => signed ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
        return signed || value >= 0 ? value : throw Unexpected("numbers below 2^63");
    }

    private int Count()
    {
        if (Math.Max(Elements, Bytes) <= Array.MaxLength) return (int)Elements;
        throw new ImportException(ProblemKinds.OnnxBounds, Source.FilePath, $"{Source.FileName}: '{Name}' {ShapeText} is too large to be read at once");
    }

    private ImportException Unexpected(string expected) =>
        new(ProblemKinds.OnnxDtype, Source.FilePath, $"{Source.FileName}: '{Name}' holds {Type}; expected {expected}");
}
