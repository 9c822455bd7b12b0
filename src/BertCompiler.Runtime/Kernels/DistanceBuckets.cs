using System.Numerics;

namespace BertCompiler.Kernels;

/// <summary>
/// A learned number for each head and bucket of distances, added to the scaled score (Raffel et al. 2020, §2.1; MPNet's
/// <c>relative_position_bucket</c>):
/// <code>S′ᵢⱼ = scale·Sᵢⱼ + bias[bucket(j − i), head]</code>
/// Distances 0 … 7 have a bucket each, farther ones one for each half octave up to 128; those forward lie 16 buckets behind those backward.
/// </summary>
/// <param name="biases">[32,A], or more rows, which are not used.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct DistanceBuckets(PackedTable biases) : IRelativePositions
{
    private const int Count = 32;
    private const int Directed = Count / 2;
    private const int Exact = Directed / 2;

    private readonly PackedTable _biases = biases;

    /// <summary>The bucket of a distance, key − query.</summary>
    /// <remarks>
    /// Beyond 7 the bucket is 8 + ⌊8·log(n/8)/log(16)⌋ = 8 + ⌊log₂(n²/64)⌋, at most 15. In integers the borders 16, 32, 64 are exact, as they
    /// are in Hugging Face's fp32.
    /// </remarks>
    internal static int BucketOf(int distance)
    {
        int n = Math.Min(Math.Abs(distance), 1 << 14);
        int direction = distance > 0 ? Directed : 0;
        return direction + (n < Exact ? n : Math.Min(Exact + BitOperations.Log2((uint)(n * n) / (Exact * Exact)), Directed - 1));
    }

    void IRelativePositions.Check(int heads, int headSize)
    {
        if (_biases.RowCount < Count) throw new ArgumentException($"{_biases.RowCount} buckets of distances; {Count} are needed");
        Shape.RequireEqual(_biases.Columns, heads, "heads");
    }

    /// <summary>Distances −(n−1) … n−1, and room to read whole groups of sixteen.</summary>
    long IRelativePositions.ScratchFor(int longest, int headSize, in DistanceTable table) => (2L * longest) + 32;

    DistanceTable IRelativePositions.Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions) => default;

    float IRelativePositions.SoftmaxScale(float scale) => 1f;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch)
    {
        int farthest = head.Length - 1;
        for (int d = -farthest; d <= farthest; d++) scratch[d + farthest] = _biases.Values[((long)BucketOf(d) * _biases.Stride) + head.Number];
        new Span<float>(scratch + (2 * farthest) + 1, 32).Clear();
    }

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
        T scale = T.Broadcast(head.Scale);
        for (int i = 0; i < tile.Count; i++)
        {
            float* bias = scratch + (head.Length - 1 + head.FirstKey + tile.Column - (tile.Row + i));
            float* x = tile.Scores + (i * tile.Stride);
            for (int j = 0; j < tile.Columns; j += 16) T.Store((T.Load(x + j) * scale) + T.Load(bias + j), x + j);
        }
    }
}
