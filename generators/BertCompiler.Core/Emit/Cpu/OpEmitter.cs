using BertCompiler.Core.Plan;

namespace BertCompiler.Core.Emit.Cpu;

/// <summary>One operation as one call of a kernel, under one sentence. Everything it writes is named by the operation.</summary>
internal static class OpEmitter
{
    /// <summary>Writes the operations of a block.</summary>
    public static void Write(EmitContext context, CodeWriter w, Block block)
    {
        var weights = new WeightNames(context.Plan, block);
        foreach (Op op in block.Ops)
        {
            w.Line().Comment(Describe.Sentence(op));
            if (op is not TapOp) w.Line("//     " + Describe.Formula(op, context.Plan, block));
            WriteCall(w, op, weights);
        }
    }

    private static void WriteCall(CodeWriter w, Op op, WeightNames weights)
    {
        switch (op)
        {
            case EmbedOp e:
                WriteEmbed(w, weights, e);
                break;
            case LinearOp l:
                WriteLinear(w, weights, l);
                break;
            case GatedLinearOp g:
                w.Line($"""
                    nn.GatedLinear.Apply<nn.{g.Activation}>(
                        work.Crew, {g.Input}, {weights.Matrix(g.Weight)},
                        {weights.Vector(g.Bias)}, {g.Output});
                    """);
                break;
            case NormOp n:
                w.Line(Norm(n, weights));
                break;
            case RotaryOp r:
                w.Line(FormattableString.Invariant($"nn.Rotary.Apply<nn.{r.Pairing}>(work.Crew, {r.Output}, batch.Positions, {weights.Table(r.Table)}, {r.Heads}, {r.HeadSize});"));
                break;
            case AttentionOp a:
                WriteAttention(w, weights, a);
                break;
            case TapOp t:
                w.Line(Tap(t));
                break;
            default:
                foreach (string call in RowCalls(op)) w.Line(call);
                break;
        }
    }

    /// <summary>Operations that move rows and compute little.</summary>
    private static IEnumerable<string> RowCalls(Op op) => op switch
    {
        NeighboursOp n => [FormattableString.Invariant($"nn.Gather.Neighbours(work.Crew, {n.Input}, batch, {n.Width}, {n.Output});")],
        FirstTokenOp f => [$"nn.Gather.FirstTokens({f.Input}, batch.Offsets, {f.Output});"],
        SelectRowsOp s => [$"nn.Gather.Rows({s.Input}, tokens, {s.Output});"],
        PoolOp p => p.Modes.Select((mode, i) => FormattableString.Invariant(
            $"nn.Pooling.Apply(work.Crew, {p.Input}, batch.Offsets, nn.PoolingMode.{mode}, {p.Output}, firstColumn: {i * p.Width}{(p.IncludePrompt ? "" : ", skip: promptTokens")});")),
        NormalizeOp n => [$"nn.Normalize.L2(work.Crew, {n.Input}, {n.Output});"],
        _ => throw new ArgumentException($"no call for {op.GetType().Name}", nameof(op)),
    };

    private static string Norm(NormOp op, WeightNames weights) => op.Norm switch
    {
        LayerNorm n => $"nn.LayerNorm.Apply(work.Crew, {op.Input}, {weights.Vector(n.Scale)}, {weights.Vector(n.Shift)}, {Literal.Float(n.Epsilon)}, {op.Output});",
        RmsNorm n => $"nn.RmsNorm.Apply(work.Crew, {op.Input}, {weights.Vector(n.Scale)}, {Literal.Float(n.Epsilon)}, {op.Output});",
        var other => throw new ArgumentException($"no call for {other.GetType().Name}", nameof(op)),
    };

    private static void WriteLinear(CodeWriter w, WeightNames weights, LinearOp l)
    {
        string bias = weights.Vector(l.Bias);
        if (l.Finish is AddedAndNormalized { Norm: var norm })
        {
            w.Line($"""
                nn.Linear.ApplyLayerNorm(
                    work.Crew, {l.Input}, {weights.Matrix(l.Weight)}, {bias}, residual: {l.Finish.Residual},
                    {weights.Vector(norm.Scale)}, {weights.Vector(norm.Shift)}, {Literal.Float(norm.Epsilon)}, {l.Output});
                """);
            return;
        }

        string epilogue = l.Finish switch
        {
            Plain => $"new nn.Bias({bias})",
            Activated f => $"new nn.BiasActivation<nn.{f.Activation}>({bias})",
            Added f => $"new nn.BiasResidual({bias}, {f.Residual})",
            ActivatedAndAdded f => $"new nn.BiasActivationResidual<nn.{f.Activation}>({bias}, {f.Residual})",
            var other => throw new ArgumentException($"no call for {other.GetType().Name}", nameof(l)),
        };
        w.Line($"""
            nn.Linear.Apply(
                work.Crew, {l.Input}, {weights.Matrix(l.Weight)},
                {epilogue}, {l.Output});
            """);
    }

    private static void WriteEmbed(CodeWriter w, WeightNames weights, EmbedOp e)
    {
        string places = e.CountsFrom is { } pad ? FormattableString.Invariant($"batch.PositionsAfter(padTokenId: {pad})") : "batch.Positions";
        string norm = e.Norm is { } n ? $"{weights.Vector(n.Scale)}, {weights.Vector(n.Shift)}, {Literal.Float(n.Epsilon)}, " : "";
        string tasks = e.Tasks is { } t ? $", tasks: {weights.Table(t)}" : "";
        w.Line($"""
            nn.Embeddings.Apply(
                work.Crew, batch, {places}, {weights.Table(e.Words)}, {weights.TableOrNone(e.Positions, "positions")}, {weights.TableOrNone(e.Types, "types")},
                {norm}{e.Output}{tasks});
            """);
    }

    private static void WriteAttention(CodeWriter w, WeightNames weights, AttentionOp a)
    {
        string arguments = FormattableString.Invariant($"work.Crew, {a.Input}, batch, {a.Heads}, {a.HeadSize}, {Literal.Float(a.Scale)}, {a.Output}, work.Attention");
        string rest = "";
        if (a.Distances is not null)
        {
            w.Line($"var distances = {Distances(a.Distances, weights)};");
            rest = ", distances";
        }

        if (a.KeyHeads != a.Heads) rest += FormattableString.Invariant($", keyValueHeads: {a.KeyHeads}");
        if (a.Window is { } window) rest += FormattableString.Invariant($", window: {window}");
        if (!a.HandsOut)
        {
            w.Line($"nn.SelfAttention.Apply({arguments}{rest});");
            return;
        }

        w.Line($"""
            if (outputs is null) nn.SelfAttention.Apply({arguments}{rest});
            else nn.SelfAttention.ApplyWithProbabilities({arguments}, new global::BertCompiler.AttentionTap(outputs, layer){rest});
            """);
    }

    private static string Distances(Distances distances, WeightNames weights) => distances switch
    {
        QueryDistances d => $"new nn.RelativeKey({weights.Matrix(d.Vectors)})",
        QueryKeyDistances d => $"new nn.RelativeKeyQuery({weights.Matrix(d.Vectors)})",
        BucketedDistances d => $"new nn.DistanceBuckets({weights.Table(d.Numbers)})",
        DisentangledDistances d => FormattableString.Invariant(
            $"new nn.DisentangledPositions({weights.TableOrNone(d.Keys, "keys")}, {weights.TableOrNone(d.Queries, "queries")}, buckets: {d.Buckets}, maxDistance: {d.MaxDistance})"),
        _ => throw new ArgumentException($"no call for {distances.GetType().Name}", nameof(distances)),
    };

    private static string Tap(TapOp op) => op switch
    {
        { Number: { } number } => FormattableString.Invariant($"outputs?.Tokens(\"hidden_states.{number}\", {op.Input});"),
        { IsLastElsewhere: true } => $"if (layer < Layers - 1) outputs?.Tokens($\"hidden_states.{{layer + 1}}\", {op.Input});",
        _ => $"outputs?.Tokens($\"hidden_states.{{layer + 1}}\", {op.Input});",
    };
}
