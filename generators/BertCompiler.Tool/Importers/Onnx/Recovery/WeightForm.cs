namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>How the numbers of a constant are stored.</summary>
internal enum WeightForm
{
    /// <summary>As floats.</summary>
    Plain,

    /// <summary>As integers q: (q − zero point)·scale, with one scale, one for each row or column, or one for each block.</summary>
    Linear,

    /// <summary>As ONNX Runtime's MatMulNBits packs a matrix [N,K].</summary>
    MatMulNBits,

    /// <summary>As ONNX Runtime's GatherBlockQuantized packs a table.</summary>
    GatherBlocks,
}
