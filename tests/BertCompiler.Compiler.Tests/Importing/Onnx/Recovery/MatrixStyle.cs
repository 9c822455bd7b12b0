namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>The forms in which a graph holds the matrix of a Linear layer.</summary>
public enum MatrixStyle
{
    /// <summary>MatMul with the matrix [in, out] under a made-up name.</summary>
    MatMul,

    /// <summary>MatMul with a Transpose of the matrix [out, in] under its own name.</summary>
    TransposeNode,

    /// <summary>Gemm with the matrix [out, in] and the bias.</summary>
    Gemm,

    /// <summary>MatMulInteger with int8, Cast and Mul with the scales.</summary>
    Integers,

    /// <summary>ONNX Runtime's DynamicQuantizeMatMul with uint8.</summary>
    Dynamic,

    /// <summary>ONNX Runtime's MatMulNBits, 4 bits, blocks of 32, no zero points.</summary>
    FourBits,

    /// <summary>MatMulNBits with zero points.</summary>
    FourBitsWithZeroPoints,

    /// <summary>DequantizeLinear of int4 in blocks along the inputs, before a MatMul.</summary>
    LinearBlocks,
}
