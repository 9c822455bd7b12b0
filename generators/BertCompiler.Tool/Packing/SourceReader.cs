using System.Numerics;
using System.Runtime.InteropServices;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>Reads numbers of a checkpoint's tensors and notes which tensors are not finite.</summary>
internal sealed class SourceReader(ICheckpoint checkpoint, ISet<TensorInfo> notFinite)
{
    /// <summary>Reads numbers from <paramref name="first"/> on; as many as fit the destination.</summary>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        checkpoint.Read(tensor, first, destination);
        if (!AllFinite(destination)) notFinite.Add(tensor);
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        const uint exponent = 0x7F80_0000;
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        var mask = new Vector<uint>(exponent);
        while (bits.Length >= Vector<uint>.Count)
        {
            if (Vector.EqualsAny(new Vector<uint>(bits) & mask, mask)) return false;
            bits = bits[Vector<uint>.Count..];
        }

        foreach (uint value in bits)
        {
            if ((value & exponent) == exponent) return false;
        }

        return true;
    }
}
