namespace BertCompiler.Core.Plan;

/// <summary>Steps that belong together; each block becomes one method of the generated class.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Ops">Its steps, in order.</param>
/// <param name="Outputs">Which results are ready behind it.</param>
public sealed record Block(string Name, EquatableArray<Op> Ops, EquatableArray<Output> Outputs)
{
    /// <summary>Which scores of the head it computes, in the value of its first output; null: none.</summary>
    public Logits? Logits { get; init; }
}
