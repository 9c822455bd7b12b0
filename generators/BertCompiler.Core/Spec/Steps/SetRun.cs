namespace BertCompiler.Core.Spec.Steps;

/// <summary>From <paramref name="Least"/> to <paramref name="Most"/> code points of a set, as many as there are.</summary>
/// <param name="Sets">Sets that are named.</param>
/// <param name="Characters">Single characters that belong to the set too, none of them half of a pair.</param>
/// <param name="Negated">Whether everything else is meant.</param>
/// <param name="Least">At least 1, at most <see cref="MostLeast"/>.</param>
/// <param name="Most"><see cref="int.MaxValue"/>: as many as you like.</param>
public sealed record SetRun(PatternSets Sets, string Characters, bool Negated, int Least, int Most)
{
    /// <summary>The greatest <see cref="Least"/>: it keeps the search linear.</summary>
    public const int MostLeast = 64;

    /// <summary>The most <see cref="Characters"/>.</summary>
    public const int MostCharacters = 256;
}
