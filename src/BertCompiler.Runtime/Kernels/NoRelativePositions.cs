namespace BertCompiler.Kernels;

/// <summary>Scores that know nothing of distances.</summary>
internal readonly unsafe struct NoRelativePositions : IRelativePositions
{
    void IRelativePositions.Check(int heads, int headSize)
    {
    }

    long IRelativePositions.ScratchFor(int longest, int headSize, in DistanceTable table) => 0;

    DistanceTable IRelativePositions.Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions) => default;

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch)
    {
    }

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
    }
}
