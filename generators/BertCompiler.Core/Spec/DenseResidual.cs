namespace BertCompiler.Core.Spec;

/// <summary>What a Dense module adds behind its activation.</summary>
public enum DenseResidual
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its input.</summary>
    Identity,

    /// <summary>Its input times a matrix of its own: lengths differ.</summary>
    Projected,
}
