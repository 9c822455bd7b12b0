using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The block <c>truncation</c> of a tokenizer.json.</summary>
internal sealed record TruncationBlock(int MaxLength, TruncationStrategy Strategy, int Stride, TextSide Side);
