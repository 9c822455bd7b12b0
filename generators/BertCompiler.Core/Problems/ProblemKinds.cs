namespace BertCompiler.Core.Problems;

/// <summary>
/// Every kind of fault that the compiler reports, one file a category. An id says what it said when it first appeared, for good: a kind
/// that is no longer reported leaves a gap.
/// </summary>
public static partial class ProblemKinds
{
    /// <summary>All kinds, in the order of their ids: for help pages and tests.</summary>
    public static IReadOnlyList<ProblemKind> All => [.. ConfigKinds, .. WeightKinds, .. TokenizerKinds, .. CodeKinds, .. BuildKinds];
}
