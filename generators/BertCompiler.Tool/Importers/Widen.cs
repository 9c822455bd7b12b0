namespace BertCompiler.Tool.Importers;

/// <summary>16-bit floats → fp32. Every 16-bit value has an fp32 of the same value, so nothing is rounded.</summary>
internal static class Widen
{
    /// <summary>Widens <paramref name="source"/> into the beginning of <paramref name="destination"/>.</summary>
    public static void ToSingle(ReadOnlySpan<ushort> source, TensorDtype dtype, Span<float> destination)
    {
        if (dtype == TensorDtype.BF16)
        {
            // bfloat16 is the upper half of an fp32.
            for (int i = 0; i < source.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
        else
        {
            for (int i = 0; i < source.Length; i++) destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }
}
