namespace BertCompiler.Tasks;

/// <summary>Takes one row of a model's result.</summary>
/// <param name="output">The result's Hugging Face name.</param>
/// <param name="item">Which of the texts that were run.</param>
/// <param name="token">Index of the token in that text; 0 for a result with one row a text.</param>
/// <param name="values">The row; only there during the call.</param>
internal delegate void RowReader(string output, int item, int token, ReadOnlySpan<float> values);
