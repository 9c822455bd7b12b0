namespace BertCompiler.Core.Spec;

/// <summary>Disentangled attention (He et al. 2021, arXiv:2006.03654, §3.1): scores add content-to-position and position-to-content products.</summary>
public sealed record DisentangledSpec
{
    /// <summary>Whether queries meet the keys of distances.</summary>
    public required bool ContentToPosition { get; init; }

    /// <summary>Whether keys meet the queries of distances.</summary>
    public required bool PositionToContent { get; init; }

    /// <summary>Whether distances go through the projections of the content; otherwise they have their own.</summary>
    public required bool SharesProjections { get; init; }

    /// <summary>S: the table of distances has 2·S rows.</summary>
    public required int Span { get; init; }

    /// <summary>Buckets of distances in each direction; 0: distances are only cut to the span.</summary>
    public required int Buckets { get; init; }

    /// <summary>The distance that the last bucket ends with.</summary>
    public required int MaxDistance { get; init; }

    /// <summary>Whether the table of distances is normalised before it is projected.</summary>
    public required bool NormalizesTable { get; init; }
}
