using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Compiler.Tests.Planning;

/// <summary>What every plan keeps to, whatever the model: operations name all their data, and no memory is overwritten that is read later.</summary>
public sealed class PlanLawTests
{
    public static TheoryData<string, Optimizations, Taps> Plans()
    {
        var data = new TheoryData<string, Optimizations, Taps>();
        foreach (string name in SamplePlans.All)
        {
            foreach (Optimizations optimizations in new[] { Optimizations.None, Optimizations.FuseNorms, Optimizations.ShareMemory, Optimizations.All })
            {
                data.Add(name, optimizations, Taps.None);
                data.Add(name, optimizations, Taps.Hidden | Taps.Attention);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Each_value_is_written_once_and_read_after_that(string name, Optimizations optimizations, Taps taps)
    {
        ExecutionPlan plan = Plan(name, optimizations, taps);
        HashSet<Value> shared = [plan.Find(plan.Embeddings, ForwardPlanner.Hidden)];
        foreach (Block block in plan.Blocks)
        {
            HashSet<Value> written = [.. shared];
            foreach (Op op in block.Ops)
            {
                Assert.All(op.Reads, read => Assert.Contains(plan.Find(block, read), written));
                Assert.All(op.Writes, write => Assert.True(written.Add(plan.Find(block, write)), $"{block.Name} writes '{write}' twice"));
            }

            Assert.All(block.Outputs, output => Assert.Contains(plan.Find(block, output.Value), written));
            shared.UnionWith(written.Where(v => v.Block is null));
        }
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Each_packed_tensor_is_named_by_an_operation_and_each_name_is_packed(string name, Optimizations optimizations, Taps taps)
    {
        ExecutionPlan plan = Plan(name, optimizations, taps);
        var used = new HashSet<(int?, string)>();
        foreach (Block block in plan.Blocks)
        {
            foreach (string weight in block.Ops.SelectMany(op => op.Weights))
            {
                plan.Weights.Tensor(weight, block.Kind);
                used.Add((plan.Weights.IsOfLayer(weight, block.Kind) ? block.Kind : null, weight));
            }
        }

        Assert.All(plan.Weights.Shared, tensor => Assert.Contains((null, tensor.Name), used));
        for (int kind = 0; kind < plan.Weights.Kinds.Count; kind++)
        {
            Assert.All(plan.Weights.Kinds[kind].Tensors, tensor => Assert.Contains((kind, tensor.Name), used));
        }
    }

    /// <summary>Runs the plan with names in place of numbers: every reading must find in its slot what was written for it.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void No_memory_is_overwritten_before_its_last_reading(string name, Optimizations optimizations, Taps taps)
    {
        ExecutionPlan plan = Plan(name, optimizations, taps);
        var memory = new Value?[plan.SlotCount];
        Value hidden = plan.Find(plan.Embeddings, ForwardPlanner.Hidden);
        IEnumerable<Block> layers = Enumerable.Range(0, plan.LayerCount).Select(layer => plan.Groups.Single(g => g.Layers.Contains(layer)).Block);
        foreach (Block block in plan.Blocks.Take(1).Concat(layers).Concat(plan.Blocks.Skip(1 + plan.Groups.Count)))
        {
            foreach (Op op in block.Ops) Execute(plan, block, op, memory);
            foreach (Output output in block.Outputs) Holds(memory, plan.Find(block, output.Value), block.Name);
            if (block.Result is not { } result) continue;
            Holds(memory, plan.Find(block, result), block.Name);
            Assert.Equal(hidden.Slot, plan.Find(block, result).Slot);
            memory[hidden.Slot] = hidden;
        }

        Holds(memory, hidden, "the end");
        Assert.All(plan.EncoderOutputs, output => Holds(memory, plan.Find(plan.Embeddings, output.Value), "the end"));
    }

    [Fact]
    public void Sharing_memory_takes_less_of_it()
    {
        foreach (string name in SamplePlans.All)
        {
            ExecutionPlan plan = Plan(name, Optimizations.All, Taps.None);
            Assert.InRange(Numbers(plan), 1, Numbers(Plan(name, Optimizations.None, Taps.None)) * 2 / 3);
        }
    }

    [Fact]
    public void Layers_of_a_kind_share_one_method_and_layers_that_share_weights_one_place()
    {
        ExecutionPlan turns = Plan("pre-norm, first layer without a norm, windows in turn", Optimizations.All, Taps.None);
        Assert.Equal(["FirstEncoderLayer", "LocalLayer", "GlobalLayer"], turns.Groups.Select(g => g.Block.Name));
        Assert.Equal(["0", "1 3", "2"], turns.Groups.Select(g => string.Join(" ", g.Layers)));
        ExecutionPlan shared = Plan("shared layers", Optimizations.All, Taps.None);
        Assert.Equal([0, 0, 1, 1], shared.LayerStarts.Select(start => shared.Weights.Starts.ToList().IndexOf(start)));
        Assert.Null(shared.LayerStride);
        Assert.Equal(2, shared.Weights.Starts.Count);
    }

    /// <summary>Two layers always lie at one distance: they are laid out evenly only where they are as long as that.</summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Where_layers_lie_evenly_the_last_ends_with_them(string name, Optimizations optimizations, Taps taps)
    {
        ExecutionPlan plan = Plan(name, optimizations, taps);
        if (plan.LayerStride is not { } stride) return;
        long end = plan.LayerStarts[^1] + plan.Weights.Kinds[plan.Groups.Single(g => g.Layers.Contains(plan.LayerCount - 1)).Block.Kind!.Value].Bytes;
        Assert.Equal(end, plan.LayerStarts[0] + (plan.LayerCount * stride));
    }

    /// <summary>What a Norm after a sum means where the layer needs the sum itself: nothing is fused away.</summary>
    [Fact]
    public void A_norm_is_fused_only_where_nobody_else_reads_the_sum()
    {
        Block preNorm = Plan("pre-norm", Optimizations.All, Taps.None).Groups[0].Block;
        Assert.DoesNotContain(preNorm.Ops, op => op is LinearOp { Finish: AddedAndNormalized });
        Block bert = Plan("bert", Optimizations.All, Taps.None).Groups[0].Block;
        Assert.Equal(2, bert.Ops.Count(op => op is LinearOp { Finish: AddedAndNormalized }));
        Assert.DoesNotContain(bert.Ops, op => op is NormOp);
    }

    /// <summary>Numbers of a row of every slot.</summary>
    private static int Numbers(ExecutionPlan plan) => plan.Values.GroupBy(v => v.Slot).Sum(slot => slot.Max(v => v.Columns));

    private static void Execute(ExecutionPlan plan, Block block, Op op, Value?[] memory)
    {
        foreach (string read in op.Reads) Holds(memory, plan.Find(block, read), $"{block.Name}, {op.GetType().Name}");
        for (int i = 0; i < op.Writes.Count; i++)
        {
            Value written = plan.Find(block, op.Writes[i]);
            foreach (string read in op.Reads.Where(read => plan.Find(block, read).Slot == written.Slot))
            {
                Assert.True(i == 0 && op.Replaceable.Contains(read), $"{op.GetType().Name} writes '{written.Name}' over '{read}', which it reads");
            }

            memory[written.Slot] = written;
        }
    }

    private static void Holds(Value?[] memory, Value value, string where) =>
        Assert.True(memory[value.Slot] == value, $"{where}: '{value.Name}' is read where '{memory[value.Slot]?.Name}' lies");

    private static ExecutionPlan Plan(string name, Optimizations optimizations, Taps taps)
    {
        ModelSpec spec = SamplePlans.Spec(name);
        return ForwardPlanner.Plan(spec, SamplePlans.Weights(spec), taps, optimizations);
    }
}
