using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A token that is looked for in the text before it is split.</summary>
internal sealed record AddedToken(string Text, int Id, AddedTokenFlags Flags);
