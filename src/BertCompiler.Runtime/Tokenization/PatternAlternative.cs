namespace BertCompiler.Tokenization;

/// <summary>
/// One alternative of a <see cref="TextPattern"/>: from <paramref name="Least"/> to <paramref name="Most"/> code points of a set, as many
/// as there are.
/// </summary>
/// <param name="Sets">Every code point of one of these sets belongs to the set.</param>
/// <param name="Characters">Single characters that belong to it too; none is half of a surrogate pair.</param>
/// <param name="Negated">Instead everything but these.</param>
/// <param name="Least">At least so many: 1 to 64.</param>
/// <param name="Most">At most so many, not less than <paramref name="Least"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PatternAlternative(CodePointSets Sets, string Characters, bool Negated, int Least, int Most);
