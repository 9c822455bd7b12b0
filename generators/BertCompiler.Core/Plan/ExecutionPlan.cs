namespace BertCompiler.Core.Plan;

/// <summary>
/// What the generated program does: embeddings once, one layer L times, then the blocks behind the encoder. All decisions are taken here;
/// emitters only write them down.
/// </summary>
public sealed record ExecutionPlan
{
    /// <summary>The packed file.</summary>
    public required WeightPlan Weights { get; init; }

    /// <summary>All buffers, with their slots of the workspace.</summary>
    public required EquatableArray<BufferSpec> Buffers { get; init; }

    /// <summary>Ids → hidden states before the first layer.</summary>
    public required Block Embeddings { get; init; }

    /// <summary>Hidden states → hidden states; run once a layer, with that layer's weights.</summary>
    public required Block Layer { get; init; }

    /// <summary>Results that are ready when the last layer is.</summary>
    public required EquatableArray<Output> EncoderOutputs { get; init; }

    /// <summary>The pooler and the head: what follows the last layer in the model itself.</summary>
    public required EquatableArray<Block> Heads { get; init; }

    /// <summary>Hidden states → one vector a text; null where the model is no sentence embedder.</summary>
    public Block? Sentence { get; init; }

    /// <summary>Which intermediate results the program hands out.</summary>
    public required Taps Taps { get; init; }

    /// <summary>Number of slots of the workspace.</summary>
    public int SlotCount => Buffers.Count == 0 ? 0 : Buffers.Max(b => b.Slot) + 1;

    /// <summary>A block of the head, after those whose values it reads.</summary>
    public IEnumerable<Block> UpTo(Block block)
    {
        string[] reads = [.. block.Ops.SelectMany(o => o.Reads)];
        return Heads.TakeWhile(b => b != block).Where(b => b.Ops.Any(o => reads.Contains(o.Writes))).Append(block);
    }

    /// <summary>Whether a block computes rows of chosen tokens only.</summary>
    public bool Selects(Block block) => block.Ops.Any(o => this[o.Writes].Rows == RowAxis.Selected);

    /// <summary>For each slot the widest buffer that those blocks take from it, 0 where they take none: what a workspace reserves before they run.</summary>
    /// <param name="selected">Whether those of chosen tokens are meant, or all others: there may be fewer of them than of tokens.</param>
    /// <param name="blocks">The blocks.</param>
    /// <remarks>The hidden states, which are alive between the phases of a run, have a slot of their own, so reserving again never moves them.</remarks>
    public EquatableArray<int> SlotWidths(bool selected, IEnumerable<Block> blocks)
    {
        int[] widths = new int[SlotCount];
        foreach (BufferSpec buffer in blocks.SelectMany(b => b.Ops).SelectMany(o => o.Reads.Append(o.Writes)).Distinct().Select(name => this[name]).Where(b => b.Rows == RowAxis.Selected == selected))
        {
            widths[buffer.Slot] = Math.Max(widths[buffer.Slot], buffer.Columns);
        }

        return new(widths);
    }

    /// <summary>The buffer of that name.</summary>
    public BufferSpec this[string name] => Buffers.FirstOrDefault(b => b.Name == name) ?? throw new KeyNotFoundException($"no buffer '{name}'");
}
