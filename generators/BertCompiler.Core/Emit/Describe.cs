using System.Globalization;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Emit;

/// <summary>What a step does: a sentence, and a formula with shapes. The same words stand in the class's summary and above the code.</summary>
internal static class Describe
{
    /// <summary>What a step is for.</summary>
    public static string Sentence(Op op) => op.Purpose + ".";

    /// <summary>The equation of a step.</summary>
    public static string Formula(Op op, ExecutionPlan plan) => op switch
    {
        EmbedOp e => $"LayerNorm(word{(e.HasTypes ? " + type" : "")}{(e.HasPositions ? " + position" : "")}) → {Named(plan, e.Output)}",
        LinearOp l => Product(l, plan),
        LayerNormOp n => $"LayerNorm({Named(plan, n.Input)}) → {n.Output}",
        AttentionOp a => Attention(a, plan),
        FirstTokenOp f => $"{Named(plan, f.Input)} → {Named(plan, f.Output)}",
        SelectRowsOp s => $"{Named(plan, s.Input)} → {Named(plan, s.Output)}",
        PoolOp p => $"{Pooling(p.Modes)} of {Named(plan, p.Input)} → {Named(plan, p.Output)}",
        NormalizeOp n => $"x / ‖x‖ for each row of {Named(plan, n.Buffer)}",
        _ => throw new ArgumentException($"no description of {op.GetType().Name}", nameof(op)),
    };

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

    private static string Product(LinearOp op, ExecutionPlan plan)
    {
        PackedTensor weight = plan.Weights[op.Weight];
        string bias = plan.Weights[op.Bias].Sources.Count == 0 ? "" : " + b";
        string formula = string.Format(CultureInfo.InvariantCulture, "{0} · W [{1},{2}]{3}", Named(plan, op.Input), weight.Rows, weight.Columns, bias);
        if (op.Finish.Activation is { } activation) formula = $"{Name(activation)}({formula})";
        if (op.Finish.Residual is { } residual) formula += $" + {residual}";
        if (op.Finish.Norm is not null) formula = $"LayerNorm({formula})";
        return $"{formula} → {Named(plan, op.Output)}";
    }

    private static string Attention(AttentionOp op, ExecutionPlan plan)
    {
        string scores = op.Relative switch
        {
            RelativePositions.Key => "(Q·Kᵀ + Q·E[i−j])",
            RelativePositions.KeyQuery => "(Q·Kᵀ + Q·E[i−j] + K·E[i−j])",
            _ => "Q·Kᵀ",
        };
        string divided = op.Scale == 1.0 ? scores : FormattableString.Invariant($"{scores}/√{op.HeadSize}");
        string bias = op.Relative == RelativePositions.Buckets ? " + bias[bucket(j−i)]" : "";
        string scale = $"softmax({divided}{bias})·V" + (op.Scale == 1.0 ? " (1/√D is already in W)" : "");
        return FormattableString.Invariant($"{scale} for {op.Heads} heads of {op.HeadSize}, {Named(plan, op.Input)} → {Named(plan, op.Output)}");
    }

    private static string Named(ExecutionPlan plan, string buffer) => $"{buffer} {plan[buffer].Shape}";
}
