namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>The forms in which a graph holds query, key and value.</summary>
public enum AttentionStyle
{
    /// <summary>Three products, reshaped, and elementary operators.</summary>
    Separate,

    /// <summary>ONNX Runtime's Attention with one matrix.</summary>
    Fused,

    /// <summary>ONNX Runtime's QAttention with one matrix of int8.</summary>
    FusedIntegers,

    /// <summary>ONNX Runtime's MultiHeadAttention behind three products, with one bias.</summary>
    MultiHead,
}
