namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>The pair of ids (<paramref name="Left"/>, <paramref name="Right"/>) becomes <paramref name="Result"/>; the least rank goes first.</summary>
internal readonly record struct MergeRule(int Left, int Right, int Rank, int Result);
