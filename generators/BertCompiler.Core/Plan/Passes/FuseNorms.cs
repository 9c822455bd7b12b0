namespace BertCompiler.Core.Plan.Passes;

/// <summary>A product with a residual and the LayerNorm over its result become one operation: rows are normalised while they are in cache.</summary>
internal static class FuseNorms
{
    public static ExecutionPlan Run(ExecutionPlan plan)
    {
        plan = plan with { Groups = new(plan.Groups.Select(g => g with { Block = g.Block with { Ops = new(Fuse(g.Block)) } })) };
        HashSet<Value> used = [.. plan.Blocks.SelectMany(block => block.Values.Select(name => plan.Find(block, name)))];
        return plan with { Values = new(plan.Values.Where(used.Contains)) };
    }

    private static IEnumerable<Op> Fuse(Block block)
    {
        EquatableArray<Op> ops = block.Ops;
        for (int i = 0; i < ops.Count; i++)
        {
            if (ops[i] is LinearOp { Finish: Added added } linear
                && ops.ElementAtOrDefault(i + 1) is NormOp { Norm: LayerNorm layerNorm } norm
                && norm.Input == linear.Output && !IsReadAfter(ops, i + 1, linear.Output))
            {
                i++;
                yield return linear with
                {
                    Finish = new AddedAndNormalized(added.Residual!, layerNorm),
                    Output = norm.Output,
                    Purpose = $"{linear.Purpose}, {char.ToLowerInvariant(norm.Purpose[0])}{norm.Purpose[1..]}",
                };
            }
            else
            {
                yield return ops[i];
            }
        }
    }

    /// <summary>In a layer that normalises its input the sum is needed itself.</summary>
    private static bool IsReadAfter(EquatableArray<Op> ops, int index, string value) => ops.Skip(index + 1).Any(op => op.Reads.Contains(value));
}
