using System.Globalization;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit;

/// <summary>What a step does: a sentence, and a formula with shapes. The same words stand in the class's summary and above the code.</summary>
internal static class Describe
{
    /// <summary>The article before the name of a class or method, as it is spoken.</summary>
    public static string Article(string name) =>
        name[0] is 'A' or 'E' or 'I' or 'O' && !name.StartsWith("Eu", StringComparison.Ordinal) || name.StartsWith("X", StringComparison.Ordinal) || name.StartsWith("MP", StringComparison.Ordinal) ? "an" : "a";

    /// <summary>What a step is for.</summary>
    public static string Sentence(Op op) => op.Purpose + ".";

    /// <summary>The equation of an operation of a block.</summary>
    public static string Formula(Op op, ExecutionPlan plan, Block block)
    {
        string named(string value) => $"{value} {plan.Find(block, value).Shape}";
        PackedTensor tensor(string name) => plan.Weights.Tensor(name, block.Kind);
        return op switch
        {
            EmbedOp e => $"{Embedded(e)} → {named(e.Output)}",
            LinearOp l => $"{Finished(Product(named(l.Input), tensor(l.Weight), tensor(l.Bias)), l.Finish)} → {named(l.Output)}",
            GatedLinearOp g => $"{Gated(g, named(g.Input), plan.Find(block, g.Output).Columns, tensor(g.Weight), tensor(g.Bias))} → {named(g.Output)}",
            NormOp n => $"{NameOf(n.Norm)}({named(n.Input)}) → {n.Output}",
            RotaryOp r => FormattableString.Invariant($"(x, y) → (x·cos − y·sin, y·cos + x·sin) for pairs of {r.Heads} heads of {r.HeadSize}, {r.Input} → {named(r.Output)}"),
            AttentionOp a => Attention(a, named),
            NeighboursOp n => $"{named(n.Input)} → {named(n.Output)}",
            FirstTokenOp f => $"{named(f.Input)} → {named(f.Output)}",
            SelectRowsOp s => $"{named(s.Input)} → {named(s.Output)}",
            PoolOp p => $"{Pooling(p.Modes)} of {named(p.Input)} → {named(p.Output)}",
            NormalizeOp n => $"x / ‖x‖ for each row of {named(n.Input)} → {n.Output}",
            TapOp t => named(t.Input),
            _ => throw new ArgumentException($"no description of {op.GetType().Name}", nameof(op)),
        };
    }

    /// <summary>A list of poolings in words.</summary>
    public static string Pooling(IEnumerable<PoolingMode> modes) => string.Join(" ‖ ", modes.Select(m => m switch
    {
        PoolingMode.Cls => "first token",
        PoolingMode.Max => "maximum",
        PoolingMode.Mean => "mean",
        PoolingMode.MeanSqrtLength => "sum / √n",
        PoolingMode.WeightedMean => "mean weighted by place",
        _ => "last token",
    }));

    /// <summary>An activation in words.</summary>
    public static string Name(Activation activation) => activation switch
    {
        Activation.GeluErf => "GELU",
        Activation.GeluTanh => "GELU (tanh form)",
        Activation.GeluFast => "GELU (tanh form, rounded constant)",
        Activation.Gelu10 => "GELU clipped to ±10",
        Activation.QuickGelu => "x·σ(1.702x)",
        Activation.Silu => "SiLU",
        Activation.Sigmoid => "σ",
        Activation.SquaredRelu => "relu²",
        Activation.HardSwish => "hard swish",
        Activation.Identity => "identity",
        Activation.Elu => "ELU",
        Activation.LeakyRelu => "leaky ReLU",
        _ => activation.ToString().ToLowerInvariant(),
    };

    /// <summary>A module behind a pooling in words.</summary>
    public static string Module(SentenceModule module) => module switch
    {
        DenseModule d => FormattableString.Invariant($"dense {d.Inputs} → {d.Outputs} ({Name(d.Activation)}{(d.Residual == DenseResidual.None ? "" : ", residual")})"),
        LayerNormModule => "LayerNorm",
        _ => "normalised",
    };

    private static string Embedded(EmbedOp op)
    {
        string sum = "word" + (op.Types is null ? "" : " + type") + (op.Positions is null ? "" : " + position") + (op.Tasks is null ? "" : " + task");
        return op.Norm is null ? sum : $"LayerNorm({sum})";
    }

    private static string Product(string input, PackedTensor weight, PackedTensor bias) =>
        string.Format(CultureInfo.InvariantCulture, "{0} · W [{1},{2}]{3}", input, weight.Rows, weight.Columns, bias.IsComputed ? "" : " + b");

    private static string Gated(GatedLinearOp op, string input, int columns, PackedTensor weight, PackedTensor bias)
    {
        string b(int n) => bias.IsComputed ? "" : " + b" + (n == 1 ? "₁" : "₂");
        return FormattableString.Invariant($"{Name(op.Activation)}({input} · W₁ [{weight.Rows},{columns}]{b(1)}) · (x · W₂{b(2)})");
    }

    private static string Finished(string product, Finish finish) => finish switch
    {
        Plain => product,
        Activated f => $"{Name(f.Activation)}({product})",
        Added f => $"{product} + {f.Residual}",
        ActivatedAndAdded f => $"{Name(f.Activation)}({product}) + {f.Residual}",
        AddedAndNormalized f => $"LayerNorm({product} + {f.Residual})",
        _ => throw new ArgumentException($"no description of {finish.GetType().Name}", nameof(finish)),
    };

    private static string NameOf(Norm norm) => norm switch
    {
        LayerNorm => "LayerNorm",
        RmsNorm => "RMSNorm",
        _ => throw new ArgumentException($"no description of {norm.GetType().Name}", nameof(norm)),
    };

    private static string Attention(AttentionOp op, Func<string, string> named)
    {
        string scores = op.Distances switch
        {
            null or BucketedDistances => "Q·Kᵀ",
            QueryDistances => "(Q·Kᵀ + Q·E[i−j])",
            QueryKeyDistances => "(Q·Kᵀ + Q·E[i−j] + K·E[i−j])",
            DisentangledDistances d => $"(Q·Kᵀ{(d.Keys is null ? "" : " + Q·PK[i−j]ᵀ")}{(d.Queries is null ? "" : " + K·PQ[i−j]ᵀ")})",
            var other => throw new ArgumentException($"no description of {other.GetType().Name}", nameof(op)),
        };
        string divided = op.Scale == 1.0 ? scores : $"{scores}/√{Divisor(op)}";
        string bias = op.Distances is BucketedDistances ? " + bias[bucket(j−i)]" : "";
        string near = op.Window is { } window ? FormattableString.Invariant($" where |i − j| ≤ {window},") : "";
        string scale = $"softmax({divided}{bias})·V{near}" + (op.Scale == 1.0 ? " (1/√D is already in W)" : "");
        string shared = op.KeyHeads == op.Heads ? "" : FormattableString.Invariant($" over {op.KeyHeads} of keys and values");
        return FormattableString.Invariant($"{scale} for {op.Heads} heads of {op.HeadSize}{shared}, {named(op.Input)} → {named(op.Output)}");
    }

    /// <summary>What the scores' divisor is the root of: D, or several times D.</summary>
    private static string Divisor(AttentionOp op)
    {
        int terms = (int)Math.Round(1 / (op.Scale * op.Scale * op.HeadSize));
        return terms == 1 ? op.HeadSize.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"({terms}·{op.HeadSize})");
    }
}
