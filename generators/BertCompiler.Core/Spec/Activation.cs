namespace BertCompiler.Core.Spec;

/// <summary>The activation functions of the family, by what they compute. Several Hugging Face names share one.</summary>
public enum Activation
{
    /// <summary>x·Φ(x) with the error function: <c>gelu</c>, <c>gelu_python</c>.</summary>
    GeluErf,

    /// <summary>GELU in its tanh form: <c>gelu_new</c>, <c>gelu_pytorch_tanh</c>, <c>gelu_accurate</c>.</summary>
    GeluTanh,

    /// <summary>The tanh form with a rounded constant: <c>gelu_fast</c>.</summary>
    GeluFast,

    /// <summary>x·σ(1.702x): <c>quick_gelu</c>.</summary>
    QuickGelu,

    /// <summary>GELU clipped to ±10: <c>gelu_10</c>.</summary>
    Gelu10,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x·σ(x): <c>silu</c>, <c>swish</c>.</summary>
    Silu,

    /// <summary>x·tanh(ln(1+eˣ)).</summary>
    Mish,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>σ(x).</summary>
    Sigmoid,

    /// <summary>x: <c>linear</c>.</summary>
    Identity,

    /// <summary>max(0, x)²: <c>relu2</c>.</summary>
    SquaredRelu,

    /// <summary>min(max(0, x), 6).</summary>
    Relu6,

    /// <summary>x·min(max(0, x+3), 6)/6.</summary>
    HardSwish,

    /// <summary>x where x ≥ 0, else eˣ − 1.</summary>
    Elu,

    /// <summary>x where x ≥ 0, else 0.01·x: <c>leaky_relu</c>.</summary>
    LeakyRelu,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,
}
