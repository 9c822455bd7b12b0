namespace BertCompiler.Core.Spec;

/// <summary>What a number of a packed tensor or of a value is.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Fp32,
}
