using System.Runtime.InteropServices;

namespace BertCompiler.Tool.Importers.Formats;

/// <summary>Runs of floats in a file, little-endian, as fp32: fp16 and bf16 widen exactly; fp64 is rounded to the nearest, as PyTorch does.</summary>
internal static class Elements
{
    private const int Chunk = 2048;

    /// <summary>Reads as many elements as <paramref name="destination"/> holds from byte <paramref name="offset"/> on.</summary>
    /// <exception cref="ImportException">The file could not be read.</exception>
    public static void Read(ByteSource source, TensorDtype dtype, long offset, Span<float> destination)
    {
        switch (dtype)
        {
            case TensorDtype.F32:
                source.Read(MemoryMarshal.AsBytes(destination), offset);
                break;
            case TensorDtype.F64:
                ReadDoubles(source, offset, destination);
                break;
            case TensorDtype.F16 or TensorDtype.BF16:
                ReadHalves(source, dtype, offset, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a type of weights");
        }
    }

    private static void ReadHalves(ByteSource source, TensorDtype dtype, long offset, Span<float> destination)
    {
        Span<ushort> halves = stackalloc ushort[Chunk];
        while (!destination.IsEmpty)
        {
            Span<ushort> part = halves[..Math.Min(Chunk, destination.Length)];
            source.Read(MemoryMarshal.AsBytes(part), offset);
            Widen.ToSingle(part, dtype, destination);
            destination = destination[part.Length..];
            offset += part.Length * sizeof(ushort);
        }
    }

    private static void ReadDoubles(ByteSource source, long offset, Span<float> destination)
    {
        Span<double> doubles = stackalloc double[Chunk];
        while (!destination.IsEmpty)
        {
            Span<double> part = doubles[..Math.Min(Chunk, destination.Length)];
            source.Read(MemoryMarshal.AsBytes(part), offset);
            for (int i = 0; i < part.Length; i++) destination[i] = (float)part[i];
            destination = destination[part.Length..];
            offset += part.Length * sizeof(double);
        }
    }
}
