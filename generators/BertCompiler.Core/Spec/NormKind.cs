namespace BertCompiler.Core.Spec;

/// <summary>How a row is normalised.</summary>
public enum NormKind
{
    /// <summary>(x − mean)/√(variance + ε)·scale + shift (Ba, Kiros and Hinton 2016).</summary>
    LayerNorm,

    /// <summary>The same without a shift.</summary>
    LayerNormWithoutShift,

    /// <summary>x/√(mean(x²) + ε)·scale (Zhang and Sennrich 2019).</summary>
    RmsNorm,
}
