namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>What was encoded.</summary>
/// <param name="Lines">Lines, each a text.</param>
/// <param name="Tokens">Their tokens, special tokens counted.</param>
/// <param name="Cut">Texts that were cut.</param>
internal readonly record struct TokenCounts(long Lines, long Tokens, long Cut)
{
    public static TokenCounts operator +(TokenCounts left, TokenCounts right) => new(left.Lines + right.Lines, left.Tokens + right.Tokens, left.Cut + right.Cut);
}
