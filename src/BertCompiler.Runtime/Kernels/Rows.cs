using System.Globalization;

namespace BertCompiler.Kernels;

/// <summary>
/// Activations: <see cref="Count"/> rows of <see cref="Columns"/> floats in native memory. A row starts on a 64-byte border and takes
/// <see cref="Stride"/> floats, a multiple of 32; what lies between Columns and Stride is scratch: a kernel may write it, and no result
/// depends on it.
/// </summary>
public readonly unsafe struct Rows
{
    /// <summary>Describes memory that somebody else owns.</summary>
    public Rows(float* values, int count, int columns, int stride)
    {
        Values = values;
        Count = count;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>The first row.</summary>
    public float* Values { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of floats that mean something in a row.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next: Columns rounded up to a multiple of 32.</summary>
    public int Stride { get; }

    /// <summary>The Columns floats of row <paramref name="index"/>.</summary>
    public Span<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new Span<float>(Values + ((long)index * Stride), Columns);
        }
    }

    /// <summary>The stride of rows of that many columns.</summary>
    public static int StrideFor(int columns) => (columns + 31) & ~31;

    /// <summary><paramref name="count"/> rows from row <paramref name="first"/>, the same memory.</summary>
    public Rows Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)first, (uint)Count, nameof(first));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - first), nameof(count));
        return new Rows(Values + ((long)first * Stride), count, Columns, Stride);
    }

    /// <summary>For people: <c>4 × 384</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} × {Columns}");
}
