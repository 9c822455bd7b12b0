using BertCompiler.Core.Problems;

namespace BertCompiler.Tasks;

/// <summary>What the wildcards of a project file mean.</summary>
/// <param name="Items">A folder each.</param>
/// <param name="Strays">Files that match too, and are no items.</param>
/// <param name="Problems">Wildcards that match nothing, or that cannot be read here.</param>
internal sealed record WildcardResult(IReadOnlyList<WildcardItem> Items, IReadOnlyList<string> Strays, IReadOnlyList<Problem> Problems);
