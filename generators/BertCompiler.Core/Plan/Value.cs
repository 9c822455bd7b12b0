using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>A matrix of activations: written once in a run of its block, by one operation.</summary>
/// <param name="Name">Its name in generated code, camel case.</param>
/// <param name="Rows">What a row is.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Type">What its numbers are.</param>
/// <param name="Block">The block that it lives in; null: other blocks read it too.</param>
/// <param name="Slot">Which memory of the workspace it takes, decided by <see cref="Passes.Placement"/>; −1: not yet.</param>
public sealed record Value(string Name, RowAxis Rows, int Columns, ElementType Type = ElementType.Fp32, string? Block = null, int Slot = -1)
{
    /// <summary>Its shape in words, <c>[T,384]</c>.</summary>
    public string Shape => FormattableString.Invariant($"[{Letter},{Columns}]");

    private char Letter => Rows switch
    {
        RowAxis.Tokens => 'T',
        RowAxis.Selected => 'S',
        _ => 'B',
    };
}
