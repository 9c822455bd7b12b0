namespace BertCompiler.Tool.Importers;

/// <summary>fp32 → 16-bit floats, rounded to the nearest, ties to even; what <see cref="Widen"/> made comes back as it was.</summary>
internal static class Narrow
{
    /// <summary>Narrows <paramref name="source"/> into the beginning of <paramref name="destination"/>.</summary>
    public static void ToHalves(ReadOnlySpan<float> source, TensorDtype dtype, Span<ushort> destination)
    {
        if (dtype == TensorDtype.BF16)
        {
            for (int i = 0; i < source.Length; i++) destination[i] = ToBrain(BitConverter.SingleToUInt32Bits(source[i]));
        }
        else
        {
            for (int i = 0; i < source.Length; i++) destination[i] = BitConverter.HalfToUInt16Bits((Half)source[i]);
        }
    }

    /// <summary>bfloat16 is the upper half of an fp32. A NaN stays one, with the bits that fit.</summary>
    private static ushort ToBrain(uint bits)
    {
        bool isNaN = (bits & 0x7FFF_FFFF) > 0x7F80_0000;
        if (isNaN) return (ushort)((bits >> 16) | ((bits & 0x007F_0000) == 0 ? 0x40u : 0));
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
