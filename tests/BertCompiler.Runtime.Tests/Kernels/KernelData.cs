using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>
/// Inputs for kernels in native memory, freed together. What lies between Columns and Stride of a row is NaN, so that a result that
/// depends on it is seen.
/// </summary>
internal sealed unsafe class KernelData : IDisposable
{
    private readonly List<NativeBuffer> _buffers = [];
    private readonly Random _random;

    public KernelData(int seed = 1) => _random = new Random(seed);

    /// <summary>Every register width that this machine has, as theory data.</summary>
    public static TheoryData<int> Widths
    {
        get
        {
            var data = new TheoryData<int>();
            foreach (SimdWidth width in SupportedWidths) data.Add((int)width);
            return data;
        }
    }

    public static IEnumerable<SimdWidth> SupportedWidths => Enum.GetValues<SimdWidth>().Where(SimdSupport.IsSupported);

    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers) buffer.Dispose();
    }

    /// <summary>Rows of zeros with NaN behind each.</summary>
    public Rows Rows(int count, int columns)
    {
        var buffer = new NativeBuffer();
        _buffers.Add(buffer);
        Rows rows = buffer.Rows(count, columns);
        for (int i = 0; i < count; i++) new Span<float>(rows.Values + ((long)i * rows.Stride) + columns, rows.Stride - columns).Fill(float.NaN);
        return rows;
    }

    /// <summary>Rows of random numbers between −1 and 1, times <paramref name="size"/>.</summary>
    public Rows RandomRows(int count, int columns, float size = 1f)
    {
        Rows rows = Rows(count, columns);
        for (int i = 0; i < count; i++) Fill(rows[i], size);
        return rows;
    }

    public Rows Copy(Rows source)
    {
        Rows rows = Rows(source.Count, source.Columns);
        for (int i = 0; i < source.Count; i++) source[i].CopyTo(rows[i]);
        return rows;
    }

    public PackedVector Vector(int length, float size = 1f)
    {
        float* values = Zeros(1, length);
        Fill(new Span<float>(values, length), size);
        return new PackedVector(values, length);
    }

    public PackedTable Table(int rowCount, int columns)
    {
        float* values = Zeros(rowCount, columns);
        for (int i = 0; i < rowCount; i++) Fill(new Span<float>(values + ((long)i * BertCompiler.Kernels.Rows.StrideFor(columns)), columns), 1f);
        return new PackedTable(values, rowCount, columns);
    }

    public PackedMatrix Matrix(int inputs, int outputs)
    {
        int panels = (outputs + 31) / 32;
        float* values = Zeros(panels * inputs, 32);
        for (int k = 0; k < inputs; k++)
        {
            for (int j = 0; j < outputs; j++) values[(((j / 32) * inputs) + k) * 32 + (j % 32)] = Next(1f);
        }

        return new PackedMatrix(values, inputs, outputs);
    }

    /// <summary>Element [k, j] of a packed matrix.</summary>
    public static float At(PackedMatrix matrix, int k, int j) => matrix.Panels[(((long)(j / 32) * matrix.Inputs) + k) * 32 + (j % 32)];

    /// <summary>Offsets of sequences of these lengths.</summary>
    public static int[] Offsets(params int[] lengths)
    {
        int[] offsets = new int[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++) offsets[i + 1] = offsets[i] + lengths[i];
        return offsets;
    }

    /// <summary>The numbers of all rows, one behind the other.</summary>
    public static float[] ToArray(Rows rows)
    {
        float[] values = new float[rows.Count * rows.Columns];
        for (int i = 0; i < rows.Count; i++) rows[i].CopyTo(values.AsSpan(i * rows.Columns));
        return values;
    }

    /// <summary>Fails unless both hold the same bits.</summary>
    public static void SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])) continue;
            Assert.Fail($"{what}: element {i} is {actual[i]:R}, expected the bits of {expected[i]:R}");
        }
    }

    /// <summary>Fails unless |actual − expected| ≤ bound.</summary>
    public static void Near(double expected, float actual, double bound, string what)
    {
        if (!(Math.Abs(actual - expected) <= bound)) Assert.Fail($"{what}: {actual:R} is {Math.Abs(actual - expected):E2} from {expected:R}; allowed {bound:E2}");
    }

    private float* Zeros(int rows, int columns)
    {
        var buffer = new NativeBuffer();
        _buffers.Add(buffer);
        return buffer.Rows(rows, columns).Values;
    }

    private void Fill(Span<float> values, float size)
    {
        foreach (ref float value in values) value = Next(size);
    }

    private float Next(float size) => (float)((2 * _random.NextDouble()) - 1) * size;
}
