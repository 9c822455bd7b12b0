namespace BertCompiler.Differential;

/// <summary>In what two encodings differ, the gravest last.</summary>
internal enum DifferenceKind
{
    /// <summary>In nothing.</summary>
    None,

    /// <summary>In ids whose scores add up to the same.</summary>
    Tie,

    /// <summary>In word numbers.</summary>
    Words,

    /// <summary>In offsets.</summary>
    Offsets,

    /// <summary>In ids.</summary>
    Ids,
}
