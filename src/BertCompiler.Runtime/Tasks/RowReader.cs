namespace BertCompiler.Tasks;

/// <summary>Takes the scores of one text.</summary>
/// <param name="item">Which of the texts that were run.</param>
/// <param name="logits">Its row; only there during the call.</param>
internal delegate void RowReader(int item, ReadOnlySpan<float> logits);
