namespace BertCompiler.Core.Plan.Passes;

/// <summary>
/// Gives each buffer a slot of the workspace: two buffers share one where neither is read after the other was written. A layer's own
/// buffers die with it; what is a result lives on.
/// </summary>
/// <remarks>
/// The steps of one run are laid out in a line (the layer once is enough: all its buffers but the hidden states are written before they
/// are read in every round). A buffer lives from its first writing to its last reading; slots are dealt out first come, first served.
/// </remarks>
internal static class ShareBuffers
{
    public static ExecutionPlan Run(ExecutionPlan plan)
    {
        var slotEnds = new List<int>();
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Life life in Lives(plan).OrderBy(l => l.First).ThenBy(l => l.Name, StringComparer.Ordinal))
        {
            int slot = slotEnds.FindIndex(end => end < life.First);
            if (slot < 0)
            {
                slot = slotEnds.Count;
                slotEnds.Add(0);
            }

            slotEnds[slot] = life.Last;
            slots[life.Name] = slot;
        }

        return plan with { Buffers = new(plan.Buffers.Select(b => b with { Slot = slots[b.Name] })) };
    }

    private static IEnumerable<Life> Lives(ExecutionPlan plan)
    {
        var blocks = new List<Block> { plan.Embeddings, plan.Layer };
        blocks.AddRange(plan.Heads);
        if (plan.Sentence is { } sentence) blocks.Add(sentence);
        var lives = plan.Buffers.ToDictionary(b => b.Name, b => new Life(b.Name), StringComparer.Ordinal);
        int step = 0;
        foreach (Block block in blocks)
        {
            foreach (Op op in block.Ops)
            {
                foreach (string name in op.Reads.Append(op.Writes)) lives[name].Touch(step);
                step++;
            }

            foreach (Output output in block.Outputs) lives[output.Buffer].Touch(int.MaxValue);
        }

        // Hidden states go round the layers and are every block's input.
        lives[ForwardPlanner.Hidden].Touch(int.MaxValue);
        return lives.Values;
    }

    private sealed class Life(string name)
    {
        public string Name { get; } = name;

        public int First { get; private set; } = int.MaxValue;

        public int Last { get; private set; } = -1;

        public void Touch(int step)
        {
            First = Math.Min(First, step);
            Last = Math.Max(Last, step);
        }
    }
}
