namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>
/// Scales and zero points of a matrix in blocks: those of element (r, c) are number (r / RowBlock, c / ColumnBlock) of a matrix of their own.
/// One block is the matrix, a row, a column, or a piece of either.
/// </summary>
/// <param name="RowBlock">Rows of a block.</param>
/// <param name="ColumnBlock">Columns of a block.</param>
/// <param name="Columns">Blocks side by side.</param>
/// <param name="Scales">fp32, fp16 or bf16, row-major.</param>
internal sealed record QuantizedGrid(long RowBlock, long ColumnBlock, long Columns, OnnxTensor Scales)
{
    /// <summary>Zero points that are whole numbers; null: <see cref="FloatZeros"/>, or <see cref="DefaultZero"/>.</summary>
    public PackedCodes? Zeros { get; init; }

    /// <summary>Zero points that are floats, row-major; null: there are none.</summary>
    public OnnxTensor? FloatZeros { get; init; }

    /// <summary>The zero point where the file holds none.</summary>
    public int DefaultZero { get; init; }

    /// <summary>Whether a product is rounded to the scales' type, as operators do whose output has that type.</summary>
    public bool RoundsToScales { get; init; }
}
