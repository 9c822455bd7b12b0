namespace BertCompiler.Core.Spec;

/// <summary>What an encoder layer is made of: self-attention and a feed-forward network, each with a residual and a norm.</summary>
public sealed record LayerSpec
{
    /// <summary>A, the number of heads.</summary>
    public required int Heads { get; init; }

    /// <summary>D; H/A except where the configuration gives it.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Heads of keys and values, of which each serves as many query heads (Ainslie et al. 2023); 0: as many as <see cref="Heads"/>.</summary>
    public int KeyValueHeads { get; init; }

    /// <summary>What attention scores know of distances.</summary>
    public RelativePositions Relative { get; init; }

    /// <summary>Rows of the table of bucketed distances, of which the first 32 are used; 0: there is none.</summary>
    public int DistanceBuckets { get; init; }

    /// <summary>Disentangled attention; null: none.</summary>
    public DisentangledSpec? Disentangled { get; init; }

    /// <summary>What scores are divided by is √(D·this): DeBERTa counts the kinds of products that it adds.</summary>
    public int ScoreTerms { get; init; } = 1;

    /// <summary>Rotary positions; null: none.</summary>
    public RotarySpec? Rotary { get; init; }

    /// <summary>Tokens on either side that a token attends to; null: all.</summary>
    public int? Window { get; init; }

    /// <summary>Whether queries, keys and values have a bias.</summary>
    public bool HasAttentionBias { get; init; } = true;

    /// <summary>Whether the projection of the heads' outputs has a bias.</summary>
    public bool HasAttentionOutputBias { get; init; } = true;

    /// <summary>F, the width between the two feed-forward products.</summary>
    public required int FeedForward { get; init; }

    /// <summary>What stands between the two feed-forward products.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Whether the activated half of a double product is multiplied with the other half (Shazeer 2020, "GLU variants").</summary>
    public bool IsGated { get; init; }

    /// <summary>Whether the first feed-forward product has a bias.</summary>
    public bool HasIntermediateBias { get; init; } = true;

    /// <summary>Whether the second feed-forward product has a bias.</summary>
    public bool HasOutputBias { get; init; } = true;

    /// <summary>How rows are normalised.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Where.</summary>
    public NormPlacement NormPlacement { get; init; }

    /// <summary>With <see cref="NormPlacement.BeforeBlock"/>: whether the input of attention is normalised, as in all layers but ModernBERT's first.</summary>
    public bool NormalizesAttentionInput { get; init; } = true;

    /// <summary>ε of the norms.</summary>
    public required double Epsilon { get; init; }

    /// <summary>A convolution beside the layer; null: none.</summary>
    public ConvolutionSpec? Convolution { get; init; }

    /// <summary>Heads of keys and values, as a number.</summary>
    public int KeyHeads => KeyValueHeads == 0 ? Heads : KeyValueHeads;

    /// <summary>A·D: width of the heads' results together; H in most models.</summary>
    public int AttentionWidth => Heads * HeadSize;

    /// <summary>Width of queries, keys and values together.</summary>
    public int QueryKeyValueWidth => (Heads + (2 * KeyHeads)) * HeadSize;
}
