namespace BertCompiler;

/// <summary>What an embedding call did.</summary>
/// <param name="Texts">Number of texts.</param>
/// <param name="Tokens">Number of tokens that the model read, special tokens included.</param>
/// <param name="Truncated">Number of texts that were cut because they are longer than the model can read.</param>
public readonly record struct EmbedResult(int Texts, long Tokens, int Truncated);
