namespace BertCompiler.Kernels;

/// <summary>Scores that know nothing of distances.</summary>
internal readonly unsafe struct NoRelativePositions : IRelativePositions
{
    void IRelativePositions.Check(int heads, int headSize)
    {
    }

    long IRelativePositions.ScratchFor(int longest) => 0;

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch)
    {
    }

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
    }
}
