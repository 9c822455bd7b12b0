using BertCompiler.Core.Problems;
using BertCompiler.Core.Weights;

namespace BertCompiler.Tool.Importers;

/// <summary>What came of an import.</summary>
/// <param name="Manifest">What was written; null where errors stopped the import: then nothing was.</param>
/// <param name="Problems">Errors and warnings.</param>
/// <param name="Notes">What a person may like to know and need not act on.</param>
internal sealed record ImportResult(Manifest? Manifest, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Notes)
{
    /// <summary>Whether the files were written.</summary>
    public bool Succeeded => Manifest is not null;
}
