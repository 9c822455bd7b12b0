using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>One step as one call of a kernel, under one sentence.</summary>
internal static class OpEmitter
{
    /// <summary>Writes the steps of a block. <paramref name="layer"/>: they take their weights from the layer at <c>at</c>.</summary>
    public static void Write(EmitContext context, CodeWriter w, Block block, bool layer)
    {
        foreach (Op op in block.Ops)
        {
            w.Line().Comment(Describe.Sentence(op));
            w.Line("//     " + Describe.Formula(op, context.Plan));
            WriteCall(context, w, op, layer);
        }
    }

    private static void WriteCall(EmitContext context, CodeWriter w, Op op, bool layer)
    {
        var weights = new WeightNames(context.Plan.Weights, layer);
        switch (op)
        {
            case EmbedOp e:
                WriteEmbed(w, weights, e);
                break;
            case LinearOp l:
                WriteLinear(w, weights, l);
                break;
            case LayerNormOp n:
                w.Line($"nn.LayerNorm.Apply(work.Crew, {n.Input}, {weights.Vector(n.Scale)}, {weights.Vector(n.Shift)}, {Literal.Float(n.Epsilon)}, {n.Output});");
                break;
            case AttentionOp a:
                WriteAttention(context, w, weights, a);
                break;
            case FirstTokenOp f:
                w.Line($"nn.Gather.FirstTokens({f.Input}, batch.Offsets, {f.Output});");
                break;
            case SelectRowsOp s:
                w.Line($"nn.Gather.Rows({s.Input}, tokens, {s.Output});");
                break;
            case PoolOp p:
                string skip = p.IncludePrompt ? "" : ", skip: promptTokens";
                for (int i = 0; i < p.Modes.Count; i++)
                {
                    w.Line(FormattableString.Invariant($"nn.Pooling.Apply(work.Crew, {p.Input}, batch.Offsets, nn.PoolingMode.{p.Modes[i]}, {p.Output}, firstColumn: {i * p.Width}{skip});"));
                }

                break;
            case NormalizeOp n:
                w.Line($"nn.Normalize.L2(work.Crew, {n.Buffer}, {n.Buffer});");
                break;
            default:
                throw new ArgumentException($"no call for {op.GetType().Name}", nameof(op));
        }
    }

    private static void WriteLinear(CodeWriter w, WeightNames weights, LinearOp l)
    {
        if (l.Finish is { Norm: { } norm, Residual: { } residual })
        {
            w.Line($"""
                nn.Linear.ApplyLayerNorm(
                    work.Crew, {l.Input}, {weights.Matrix(l.Weight)}, {weights.Vector(l.Bias)}, residual: {residual},
                    {weights.Vector(norm.Scale)}, {weights.Vector(norm.Shift)}, {Literal.Float(norm.Epsilon)}, {l.Output});
                """);
            return;
        }

        string bias = weights.Vector(l.Bias);
        string epilogue = l.Finish switch
        {
            { Activation: { } activation, Residual: { } r } => $"new nn.BiasActivationResidual<nn.{activation}>({bias}, {r})",
            { Activation: { } activation } => $"new nn.BiasActivation<nn.{activation}>({bias})",
            { Residual: { } r } => $"new nn.BiasResidual({bias}, {r})",
            _ => $"new nn.Bias({bias})",
        };
        w.Line($"""
            nn.Linear.Apply(
                work.Crew, {l.Input}, {weights.Matrix(l.Weight)},
                {epilogue}, {l.Output});
            """);
    }

    private static void WriteEmbed(CodeWriter w, WeightNames weights, EmbedOp e)
    {
        const string none = "default";
        string positions = e.HasPositions ? weights.Table("PositionTable") : "positions: " + none;
        string types = e.HasTypes ? weights.Table("TypeTable") : "types: " + none;
        string places = e.CountsFrom is { } pad ? FormattableString.Invariant($"batch.PositionsAfter(padTokenId: {pad})") : "batch.Positions";
        w.Line($"""
            nn.Embeddings.Apply(
                work.Crew, batch, {places}, {weights.Table("WordTable")}, {positions}, {types},
                {weights.Vector("EmbeddingNormScale")}, {weights.Vector("EmbeddingNormShift")}, {Literal.Float(e.Epsilon)}, {e.Output});
            """);
    }

    private static void WriteAttention(EmitContext context, CodeWriter w, WeightNames weights, AttentionOp a)
    {
        string arguments = FormattableString.Invariant($"work.Crew, {a.Input}, batch, {a.Heads}, {a.HeadSize}, {Literal.Float(a.Scale)}, {a.Output}, work.Attention");
        string distances = a.Relative switch
        {
            RelativePositions.Key => $", new nn.RelativeKey({weights.Matrix("Distances")})",
            RelativePositions.KeyQuery => $", new nn.RelativeKeyQuery({weights.Matrix("Distances")})",
            RelativePositions.Buckets => $", new nn.DistanceBuckets({new WeightNames(context.Plan.Weights, layer: false).Table("DistanceBuckets")})",
            _ => "",
        };
        if (distances.Length > 0)
        {
            w.Line($"var distances = {distances[2..]};");
            distances = ", distances";
        }

        if (!context.Plan.Taps.HasFlag(Taps.Attention))
        {
            w.Line($"nn.SelfAttention.Apply({arguments}{distances});");
            return;
        }

        w.Line($"""
            if (outputs is null) nn.SelfAttention.Apply({arguments}{distances});
            else nn.SelfAttention.ApplyWithProbabilities({arguments}, new global::BertCompiler.AttentionTap(outputs, layer){distances});
            """);
    }
}
