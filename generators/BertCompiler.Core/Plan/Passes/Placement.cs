namespace BertCompiler.Core.Plan.Passes;

/// <summary>
/// Gives each value a slot of the workspace. The hidden states and every value that becomes them share one slot. Any other value takes the memory
/// of one that its operation may replace and that nobody reads later, else a slot whose value is dead, else a new one.
/// </summary>
/// <remarks>
/// The operations of one run are laid out in a line (each kind of layer once is enough: all of a layer's values but the hidden states are
/// written before they are read in every round). A value lives from its writing to its last reading; results live on.
/// </remarks>
internal sealed class Placement
{
    /// <summary>The slot of the hidden states.</summary>
    private const int Home = 0;

    private readonly ExecutionPlan _plan;
    private readonly bool _shares;
    private readonly Dictionary<Value, int> _lastRead = [];
    private readonly Dictionary<Value, int> _slots = [];

    /// <summary>For each slot the value that lies there.</summary>
    private readonly List<Value> _holders = [];

    private Placement(ExecutionPlan plan, bool shares) => (_plan, _shares) = (plan, shares);

    /// <summary>Places all values.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shares">Whether values share memory; otherwise only those do that have to.</param>
    /// <exception cref="InvalidOperationException">A block's result cannot lie where the hidden states lie.</exception>
    public static ExecutionPlan Run(ExecutionPlan plan, bool shares) => new Placement(plan, shares).Run();

    private ExecutionPlan Run()
    {
        FindLastReads();
        Value hidden = _plan.Find(_plan.Embeddings, ForwardPlanner.Hidden);
        _holders.Add(hidden);
        _slots[hidden] = Home;
        int step = 0;
        foreach (Block block in _plan.Blocks)
        {
            int hiddenReads = LastReadIn(block, step);
            foreach (Op op in block.Ops)
            {
                // Hidden states are dead in a block that makes new ones, once it has read them.
                if (block.Result is not null) _lastRead[hidden] = hiddenReads;
                for (int i = 0; i < op.Writes.Count; i++) Place(block, op.Writes[i], i == 0 ? op.Replaceable : default, step);
                step++;
            }

            _lastRead[hidden] = int.MaxValue;
            _holders[Home] = hidden;
        }

        return _plan with { Values = new(_plan.Values.Select(v => v with { Slot = _slots[v] })) };
    }

    private void FindLastReads()
    {
        int step = 0;
        foreach (Block block in _plan.Blocks)
        {
            foreach (Op op in block.Ops)
            {
                foreach (string name in op.Reads) _lastRead[_plan.Find(block, name)] = step;
                step++;
            }

            foreach (Output output in block.Outputs) _lastRead[_plan.Find(block, output.Value)] = int.MaxValue;
        }

        if (_plan.Sentence is { } sentence) _lastRead[_plan.Find(sentence, SentencePlanner.Embedding)] = int.MaxValue;
    }

    private static int LastReadIn(Block block, int firstStep) =>
        Enumerable.Range(0, block.Ops.Count).Where(i => block.Ops[i].Reads.Contains(ForwardPlanner.Hidden)).Select(i => firstStep + i).DefaultIfEmpty(-1).Last();

    private void Place(Block block, string name, EquatableArray<string> replaceable, int step)
    {
        Value value = _plan.Find(block, name);
        Value? replaced = replaceable.Select(r => _plan.Find(block, r)).FirstOrDefault(r => IsDead(r, step + 1) && r.Columns == value.Columns && r.Rows == value.Rows);
        int slot = name == block.Result ? ResultSlot(block, name, replaced, step)
            : replaced is not null && (_shares || _slots[replaced] == Home) ? _slots[replaced]
            : Free(step);
        if (slot == _holders.Count) _holders.Add(value);
        _holders[slot] = value;
        _slots[value] = slot;
    }

    private int ResultSlot(Block block, string name, Value? replaced, int step)
    {
        bool fits = (replaced is not null && _slots[replaced] == Home) || IsDead(_holders[Home], step);
        return fits ? Home : throw new InvalidOperationException($"{block.Name}: '{_holders[Home].Name}' is still read when '{name}' is to take its place");
    }

    private int Free(int step)
    {
        int slot = _shares ? _holders.FindIndex(Home + 1, holder => IsDead(holder, step)) : -1;
        return slot < 0 ? _holders.Count : slot;
    }

    /// <summary>Whether nobody reads a value in a step or later.</summary>
    private bool IsDead(Value value, int step) => !_lastRead.TryGetValue(value, out int last) || last < step;
}
