using System.Numerics;
using System.Runtime.InteropServices;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// The sources of one packed tensor as one tensor [N, width], concatenated on N, the first scaled by a power of two. Notes which sources are
/// not finite.
/// </summary>
internal sealed class SourceReader(ICheckpoint checkpoint, ISet<TensorInfo> notFinite)
{
    /// <summary>Reads rows <paramref name="firstRow"/> … of <paramref name="width"/> floats each; as many as fit the destination.</summary>
    public void ReadRows(PackedTensor tensor, IReadOnlyList<TensorInfo> sources, long firstRow, int width, Span<float> destination)
    {
        long before = 0;
        for (int s = 0; s < sources.Count && !destination.IsEmpty; s++)
        {
            long rows = sources[s].Elements / width;
            long skip = firstRow - before;
            before += rows;
            if (skip >= rows) continue;
            int count = (int)Math.Min((rows - skip) * width, destination.Length);
            Span<float> part = destination[..count];
            checkpoint.Read(sources[s], skip * width, part);
            if (!AllFinite(part)) notFinite.Add(sources[s]);
            if (s == 0 && tensor.FirstSourceExponent != 0) Scale(part, MathF.ScaleB(1, tensor.FirstSourceExponent));
            destination = destination[count..];
            firstRow += count / width;
        }
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

    private static void Scale(Span<float> values, float factor)
    {
        for (int i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
