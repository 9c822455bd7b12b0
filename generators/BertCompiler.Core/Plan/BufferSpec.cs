namespace BertCompiler.Core.Plan;

/// <summary>A matrix of activations that lives in the workspace.</summary>
/// <param name="Name">Its name in generated code, camel case.</param>
/// <param name="Rows">What a row is.</param>
/// <param name="Columns">Floats in a row.</param>
/// <param name="Slot">Which memory of the workspace it takes; buffers that never live at the same time share one.</param>
public sealed record BufferSpec(string Name, RowAxis Rows, int Columns, int Slot = -1)
{
    /// <summary>Its shape in words, <c>[T,384]</c>.</summary>
    public string Shape => FormattableString.Invariant($"[{Rows switch { RowAxis.Tokens => "T", RowAxis.Selected => "S", _ => "B" }},{Columns}]");
}
