namespace BertCompiler.Core.Spec;

/// <summary>One encoder layer: self-attention and feed-forward, each with residual and LayerNorm behind it (post-norm).</summary>
public sealed record LayerSpec
{
    /// <summary>A, the number of heads.</summary>
    public required int Heads { get; init; }

    /// <summary>D = H/A.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What attention scores know of distances.</summary>
    public RelativePositions Relative { get; init; }

    /// <summary>Rows of the table of bucketed distances, of which the first 32 are used; 0: there is none.</summary>
    public int DistanceBuckets { get; init; }

    /// <summary>F, the width between the two feed-forward products.</summary>
    public required int FeedForward { get; init; }

    /// <summary>What stands between the two feed-forward products.</summary>
    public required Activation Activation { get; init; }

    /// <summary>ε of both LayerNorms.</summary>
    public required double Epsilon { get; init; }
}
