namespace BertCompiler.Tokenization;

/// <summary>A place where an added token's text stands: text[Start … End−1].</summary>
internal readonly record struct AddedTokenMatch(int Token, int Start, int End);
