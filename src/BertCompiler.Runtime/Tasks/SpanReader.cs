namespace BertCompiler.Tasks;

/// <summary>Takes the logits of one window.</summary>
/// <param name="window">Number of the window.</param>
/// <param name="start">How well each token begins the answer, [T].</param>
/// <param name="end">How well each token ends it, [T].</param>
internal delegate void SpanReader(int window, float[] start, float[] end);
