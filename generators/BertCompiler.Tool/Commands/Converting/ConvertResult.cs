using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Commands.Converting;

/// <summary>What came of a conversion.</summary>
/// <param name="Files">The files that were written, relative to the folder and in order; none where errors stopped it.</param>
/// <param name="Tensors">Number of tensors in them.</param>
/// <param name="Problems">Errors and warnings.</param>
/// <param name="Notes">What a person may like to know and need not act on.</param>
internal sealed record ConvertResult(IReadOnlyList<string> Files, int Tensors, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Notes)
{
    /// <summary>Whether the folder was written.</summary>
    public bool Succeeded => Files.Count > 0;
}
