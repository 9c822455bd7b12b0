namespace BertCompiler;

/// <summary>
/// Embeddings as bytes: each column's range is cut into 255 equal steps (sentence-transformers, <c>quantize_embeddings</c>, precisions
/// <c>uint8</c> and <c>int8</c>). A quarter of the memory of fp32; what lies outside the range is clipped.
/// <code>step = (max − min)/255, 1 where it is 0;  q = ⌊(x − min)/step⌋, clipped to 0 … 255;  int8: q − 128</code>
/// in single precision, as the reference.
/// </summary>
public sealed class EmbeddingRanges
{
    private readonly float[] _starts;
    private readonly float[] _steps;

    /// <summary>Takes known ranges.</summary>
    /// <param name="least">Least value of each column, [H].</param>
    /// <param name="greatest">Greatest value of each column, [H].</param>
    /// <exception cref="ArgumentException">Lengths that differ, none, or a range that is no range.</exception>
    public EmbeddingRanges(ReadOnlySpan<float> least, ReadOnlySpan<float> greatest)
    {
        if (least.Length != greatest.Length) throw new ArgumentException($"{least.Length} least values, {greatest.Length} greatest", nameof(greatest));
        if (least.IsEmpty) throw new ArgumentException("ranges need at least one column", nameof(least));
        _starts = least.ToArray();
        _steps = new float[least.Length];
        for (int i = 0; i < least.Length; i++)
        {
            if (!(greatest[i] >= least[i]) || !float.IsFinite(greatest[i] - least[i])) throw new ArgumentException($"column {i}: {least[i]} … {greatest[i]} is no range", nameof(greatest));
            float step = (greatest[i] - least[i]) / 255f;
            _steps[i] = step == 0 ? 1 : step;
        }
    }

    /// <summary>H: the number of columns.</summary>
    public int Dimension => _starts.Length;

    /// <summary>The ranges of a sample of embeddings; a hundred texts and more of the kind to come give good ones.</summary>
    /// <param name="embeddings">N embeddings, row by row; N ≥ 2.</param>
    /// <param name="dimension">H.</param>
    /// <exception cref="ArgumentException">Fewer than two embeddings, a part of one, or numbers that are not finite.</exception>
    public static EmbeddingRanges OfSample(ReadOnlySpan<float> embeddings, int dimension)
    {
        int rows = RowsOf(embeddings.Length, dimension, nameof(embeddings));
        if (rows < 2) throw new ArgumentException($"{rows} embeddings have no range: give at least 2, better 100", nameof(embeddings));
        float[] least = embeddings[..dimension].ToArray();
        float[] greatest = embeddings[..dimension].ToArray();
        for (int i = dimension; i < embeddings.Length; i++)
        {
            int column = i % dimension;
            if (!(embeddings[i] >= least[column])) least[column] = embeddings[i];
            if (!(embeddings[i] <= greatest[column])) greatest[column] = embeddings[i];
        }

        return new EmbeddingRanges(least, greatest);
    }

    /// <summary>Steps 0 … 255 of each number.</summary>
    /// <param name="embeddings">Whole embeddings, row by row.</param>
    /// <param name="destination">A byte for each number.</param>
    /// <exception cref="ArgumentException">A part of an embedding, or a destination that is too short.</exception>
    public void Quantize(ReadOnlySpan<float> embeddings, Span<byte> destination)
    {
        Check(embeddings.Length, destination.Length, nameof(destination));
        for (int i = 0; i < embeddings.Length; i++) destination[i] = (byte)Step(embeddings[i], i % Dimension);
    }

    /// <summary>Steps −128 … 127 of each number.</summary>
    /// <param name="embeddings">Whole embeddings, row by row.</param>
    /// <param name="destination">A signed byte for each number.</param>
    /// <exception cref="ArgumentException">A part of an embedding, or a destination that is too short.</exception>
    public void Quantize(ReadOnlySpan<float> embeddings, Span<sbyte> destination)
    {
        Check(embeddings.Length, destination.Length, nameof(destination));
        for (int i = 0; i < embeddings.Length; i++) destination[i] = (sbyte)(Step(embeddings[i], i % Dimension) - 128);
    }

    internal static int RowsOf(int length, int dimension, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return length % dimension == 0 ? length / dimension : throw new ArgumentException($"{length} numbers are no whole embeddings of {dimension}", argument);
    }

    private int Step(float value, int column) => (int)Math.Clamp(MathF.Floor((value - _starts[column]) / _steps[column]), 0f, 255f);

    private void Check(int length, int room, string argument)
    {
        RowsOf(length, Dimension, "embeddings");
        if (room < length) throw new ArgumentException($"{length} numbers need {length} bytes; {argument} has {room}", argument);
    }
}
