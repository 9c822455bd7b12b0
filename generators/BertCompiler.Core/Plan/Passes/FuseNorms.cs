namespace BertCompiler.Core.Plan.Passes;

/// <summary>A product with a residual and the LayerNorm over its result become one step: rows are normalised while they are in cache.</summary>
internal static class FuseNorms
{
    public static ExecutionPlan Run(ExecutionPlan plan) => plan with { Layer = plan.Layer with { Ops = new(Fuse(plan.Layer.Ops)) } };

    private static IEnumerable<Op> Fuse(EquatableArray<Op> ops)
    {
        for (int i = 0; i < ops.Count; i++)
        {
            if (ops[i] is LinearOp { Finish: { Residual: not null, Norm: null } } linear
                && ops.ElementAtOrDefault(i + 1) is LayerNormOp norm
                && norm.Input == linear.Output && norm.Output == norm.Input)
            {
                i++;
                yield return linear with
                {
                    Finish = linear.Finish with { Norm = new NormRef(norm.Scale, norm.Shift, norm.Epsilon) },
                    Purpose = $"{linear.Purpose}, {char.ToLowerInvariant(norm.Purpose[0])}{norm.Purpose[1..]}",
                };
            }
            else
            {
                yield return ops[i];
            }
        }
    }
}
