namespace BertCompiler.Kernels;

/// <summary>What attention adds to the scores for the distance between two tokens. A type argument, so that it is compiled into the kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRelativePositions
{
    /// <summary>Throws unless the operands fit attention of that shape.</summary>
    /// <exception cref="ArgumentException">A size differs.</exception>
    internal void Check(int heads, int headSize);

    /// <summary>Works out, once a call, what depends on distances alone; nothing where there is no such thing.</summary>
    internal DistanceTable Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions);

    /// <summary>Floats that a thread needs for sequences of up to <paramref name="longest"/> tokens.</summary>
    internal long ScratchFor(int longest, int headSize, in DistanceTable table);

    /// <summary>What the softmax still has to multiply scores by, where attention's own factor is <paramref name="scale"/>.</summary>
    internal float SoftmaxScale(float scale);

    /// <summary>Prepares one head of one sequence, or the part of it that an item works on.</summary>
    internal unsafe void Begin<T>(in AttentionHead head, float* scratch) where T : struct, ILanes<T>;

    /// <summary>Adds to the scores of a tile.</summary>
    internal unsafe void Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile) where T : struct, ILanes<T>;
}
