namespace BertCompiler.Differential;

/// <summary>In what two encodings differ, the gravest first.</summary>
internal enum DifferenceKind
{
    /// <summary>In nothing.</summary>
    None,

    /// <summary>In ids whose scores add up to the same.</summary>
    Tie,

    /// <summary>In ids.</summary>
    Ids,

    /// <summary>In offsets.</summary>
    Offsets,

    /// <summary>In word numbers.</summary>
    Words,
}
