using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>What reading a tokenizer gave.</summary>
/// <param name="Tokenizer">The tokenizer; null where the folder has none (no problem then) or it cannot be used.</param>
/// <param name="Problems">What is to be said about it.</param>
internal sealed record TokenizerReading(TokenizerDescription? Tokenizer, IReadOnlyList<Problem> Problems);
