namespace BertCompiler.Core.Spec;

/// <summary>Which two numbers of a head are rotated together; the names are those of the runtime's kernels.</summary>
public enum RotaryPairing
{
    /// <summary>j and j + D/2.</summary>
    RotaryHalves,

    /// <summary>2j and 2j + 1.</summary>
    RotaryPairs,
}
