namespace BertCompiler.Core.Plan;

/// <summary>
/// What the generated program does: embeddings once, the layers in their order, each by the block of its group, then what follows. All decisions
/// are taken here; emitters only write them down.
/// </summary>
public sealed record ExecutionPlan
{
    /// <summary>Where the weights lie.</summary>
    public required WeightPlan Weights { get; init; }

    /// <summary>All values, with their slots of the workspace.</summary>
    public required EquatableArray<Value> Values { get; init; }

    /// <summary>Ids → hidden states before the first layer.</summary>
    public required Block Embeddings { get; init; }

    /// <summary>The layers, by what they compute.</summary>
    public required EquatableArray<LayerGroup> Groups { get; init; }

    /// <summary>For each layer where its weights begin in the packed file, in bytes. Layers may share weights.</summary>
    public required EquatableArray<long> LayerStarts { get; init; }

    /// <summary>What follows the last layer before anybody sees its result; null: nothing.</summary>
    public Block? AfterLayers { get; init; }

    /// <summary>Results that are ready then.</summary>
    public required EquatableArray<Output> EncoderOutputs { get; init; }

    /// <summary>The pooler and the parts of the head.</summary>
    public required EquatableArray<Block> Heads { get; init; }

    /// <summary>Hidden states → one vector a text; null where the model is no sentence embedder.</summary>
    public Block? Sentence { get; init; }

    /// <summary>Which intermediate results the program hands out.</summary>
    public required Taps Taps { get; init; }

    /// <summary>Number of layers.</summary>
    public int LayerCount => LayerStarts.Count;

    /// <summary>Number of slots of the workspace.</summary>
    public int SlotCount => Values.Count == 0 ? 0 : Values.Max(b => b.Slot) + 1;

    /// <summary>All blocks, in the order in which they run; a layer's block once.</summary>
    public EquatableArray<Block> Blocks =>
        new([.. EncoderBlocks, .. Heads, .. Sentence is { } sentence ? [sentence] : Array.Empty<Block>()]);

    /// <summary>The blocks up to the hidden states of the last layer.</summary>
    public EquatableArray<Block> EncoderBlocks =>
        new([Embeddings, .. Groups.Select(g => g.Block), .. AfterLayers is { } after ? [after] : Array.Empty<Block>()]);

    /// <summary>Bytes of every layer's weights, where they lie one after the other in the order of the layers; null: they do not.</summary>
    public long? LayerStride
    {
        get
        {
            long bytes = Weights.Kinds[0].Bytes;
            bool isEven = Weights.Kinds.All(k => k.Bytes == bytes) && Enumerable.Range(1, Math.Max(LayerStarts.Count - 1, 0)).All(i => LayerStarts[i] - LayerStarts[i - 1] == bytes);
            return isEven ? bytes : null;
        }
    }

    /// <summary>A block of the head, after those whose values it reads.</summary>
    public EquatableArray<Block> UpTo(Block block)
    {
        string[] shared = [.. block.Ops.SelectMany(o => o.Reads).Where(name => Find(block, name).Block is null)];
        return new(Heads.TakeWhile(b => b != block).Where(b => b.Ops.Any(o => o.Writes.Any(shared.Contains))).Append(block));
    }

    /// <summary>Whether a block computes rows of chosen tokens only.</summary>
    public bool Selects(Block block) => block.Values.Any(name => Find(block, name).Rows == RowAxis.Selected);

    /// <summary>For each slot the widest value that those blocks take from it, 0 where they take none: what a workspace reserves before they run.</summary>
    /// <remarks>The hidden states, which are alive between the phases of a run, have a slot of their own, so reserving again never moves them.</remarks>
    /// <param name="blocks">The blocks.</param>
    /// <param name="selected">Whether only values of chosen tokens are meant, or only all others: there may be fewer of them than of tokens; null: all values.</param>
    public EquatableArray<int> SlotWidths(IEnumerable<Block> blocks, bool? selected = null)
    {
        int[] widths = new int[SlotCount];
        foreach (Value value in blocks.SelectMany(block => block.Values.Select(name => Find(block, name))).Where(v => selected is null || v.Rows == RowAxis.Selected == selected))
        {
            widths[value.Slot] = Math.Max(widths[value.Slot], value.Columns);
        }

        return new(widths);
    }

    /// <summary>The value that a block calls by that name: its own, or one that several blocks read.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Value Find(Block block, string name) =>
        Values.FirstOrDefault(v => v.Name == name && (v.Block is null || v.Block == block.Name)) ?? throw new KeyNotFoundException($"no value '{name}' in {block.Name}");
}
