namespace BertCompiler.Core.Spec;

/// <summary>LayerNorm with scale and shift of its own.</summary>
/// <param name="Width">Length of the vector.</param>
public sealed record LayerNormModule(int Width) : SentenceModule
{
    /// <summary>ε: torch's default, which the module keeps.</summary>
    public const double Epsilon = 1e-5;
}
