using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>From <paramref name="Least"/> to <paramref name="Most"/> code points of a set.</summary>
internal sealed record PatternItem(CodePointSets Sets, bool Negated, string Characters, int Least, int Most);
