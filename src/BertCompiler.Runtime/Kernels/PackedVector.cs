namespace BertCompiler.Kernels;

/// <summary>A bias, or the scale or shift of a LayerNorm: <see cref="Length"/> floats, zeros up to a multiple of 32. 64-byte aligned.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct PackedVector
{
    /// <summary>Describes memory that somebody else owns.</summary>
    public PackedVector(float* values, int length)
    {
        Values = values;
        Length = length;
    }

    /// <summary>The first value.</summary>
    public float* Values { get; }

    /// <summary>Number of values that mean something.</summary>
    public int Length { get; }
}
