namespace BertCompiler.Core.Spec;

/// <summary>One encoder layer: self-attention and feed-forward, each with residual and LayerNorm behind it (post-norm).</summary>
public sealed record LayerSpec
{
    /// <summary>Rows of the table of bucketed distances: 16 for each direction (MPNet; <c>relative_attention_num_buckets</c> is not read there either).</summary>
    public const int DistanceBuckets = 32;

    /// <summary>A, the number of heads.</summary>
    public required int Heads { get; init; }

    /// <summary>D = H/A.</summary>
    public required int HeadSize { get; init; }

    /// <summary>What attention scores know of distances.</summary>
    public RelativePositions Relative { get; init; }

    /// <summary>F, the width between the two feed-forward products.</summary>
    public required int FeedForward { get; init; }

    /// <summary>What stands between the two feed-forward products.</summary>
    public required Activation Activation { get; init; }

    /// <summary>ε of both LayerNorms.</summary>
    public required double Epsilon { get; init; }
}
