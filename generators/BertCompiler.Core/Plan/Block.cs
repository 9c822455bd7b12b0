namespace BertCompiler.Core.Plan;

/// <summary>Operations that belong together; each block becomes one method of the generated class.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Ops">Its operations, in order.</param>
/// <param name="Outputs">Which results are ready after it.</param>
public sealed record Block(string Name, EquatableArray<Op> Ops, EquatableArray<Output> Outputs)
{
    /// <summary>
    /// The value that becomes the hidden states when the block is done: it lies where they lie, so that nothing is copied. null: the block leaves
    /// them alone.
    /// </summary>
    public string? Result { get; init; }

    /// <summary>Which scores of the head it computes, in the value of its first output; null: none.</summary>
    public Logits? Logits { get; init; }

    /// <summary>What it computes, as a sentence for its reader, with its source; empty: its emitter knows.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The kind of layer whose weights its operations name; null: it has none of its own.</summary>
    public int? Kind { get; init; }

    /// <summary>All values that it reads or writes, in the order in which they appear.</summary>
    public EquatableArray<string> Values => new(Ops.SelectMany(o => o.Reads.Concat(o.Writes)).Concat(Outputs.Select(o => o.Value)).Distinct());

    /// <summary>Whether an operation hands something out while it runs.</summary>
    public bool HandsOut => Ops.Any(o => o is TapOp or AttentionOp { HandsOut: true });
}
