namespace BertCompiler.Tool.Packing;

/// <summary>Gives rows of a tensor [N, width]: as many as fit the destination.</summary>
/// <param name="firstRow">The first of them.</param>
/// <param name="width">Numbers in a row.</param>
/// <param name="destination">Takes them.</param>
internal delegate void RowSource(long firstRow, int width, Span<float> destination);
