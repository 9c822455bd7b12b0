namespace BertCompiler;

/// <summary>
/// Embeddings as bits: 1 where a number is greater than 0, the first in a byte's highest bit, a last byte filled with zeros
/// (sentence-transformers, <c>quantize_embeddings</c>, precisions <c>ubinary</c> and <c>binary</c>). A thirty-second of the memory of fp32;
/// compared by the number of bits that differ.
/// </summary>
public static class BinaryEmbedding
{
    /// <summary>Bytes of one embedding of that many numbers.</summary>
    public static int BytesFor(int dimension) => (dimension + 7) / 8;

    /// <summary>Packs embeddings into bytes: <c>ubinary</c>.</summary>
    /// <param name="embeddings">Whole embeddings, row by row.</param>
    /// <param name="dimension">H, numbers of one embedding.</param>
    /// <param name="destination"><see cref="BytesFor"/> bytes for each embedding.</param>
    /// <exception cref="ArgumentException">A part of an embedding, or a destination that is too short.</exception>
    public static void Pack(ReadOnlySpan<float> embeddings, int dimension, Span<byte> destination)
    {
        int rows = Check(embeddings.Length, dimension, destination.Length, nameof(destination));
        int width = BytesFor(dimension);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++) destination[(row * width) + i] = Byte(embeddings.Slice(row * dimension, dimension), 8 * i);
        }
    }

    /// <summary>Packs embeddings into signed bytes, each 128 less: <c>binary</c>.</summary>
    /// <inheritdoc cref="Pack(ReadOnlySpan{float}, int, Span{byte})"/>
    public static void Pack(ReadOnlySpan<float> embeddings, int dimension, Span<sbyte> destination)
    {
        int rows = Check(embeddings.Length, dimension, destination.Length, nameof(destination));
        int width = BytesFor(dimension);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++) destination[(row * width) + i] = (sbyte)(Byte(embeddings.Slice(row * dimension, dimension), 8 * i) - 128);
        }
    }

    private static byte Byte(ReadOnlySpan<float> embedding, int first)
    {
        int bits = 0;
        for (int i = 0; i < 8; i++) bits = (bits << 1) | (first + i < embedding.Length && embedding[first + i] > 0 ? 1 : 0);
        return (byte)bits;
    }

    private static int Check(int length, int dimension, int room, string argument)
    {
        int rows = EmbeddingRanges.RowsOf(length, dimension, "embeddings");
        long needed = (long)rows * BytesFor(dimension);
        return room >= needed ? rows : throw new ArgumentException($"{rows} embeddings of {dimension} bits need {needed} bytes; {argument} has {room}", argument);
    }
}
