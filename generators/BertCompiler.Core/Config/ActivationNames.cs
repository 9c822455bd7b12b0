using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>What <c>hidden_act</c> names compute (Hugging Face transformers, <c>activations.py</c>).</summary>
public static class ActivationNames
{
    private static readonly Dictionary<string, Activation> Known = new(StringComparer.Ordinal)
    {
        ["gelu"] = Activation.GeluErf,
        ["gelu_python"] = Activation.GeluErf,
        ["gelu_new"] = Activation.GeluTanh,
        ["gelu_pytorch_tanh"] = Activation.GeluTanh,
        ["gelu_python_tanh"] = Activation.GeluTanh,
        ["gelu_accurate"] = Activation.GeluTanh,
        ["gelu_fast"] = Activation.GeluFast,
        ["quick_gelu"] = Activation.QuickGelu,
        ["gelu_10"] = Activation.Gelu10,
        ["relu"] = Activation.Relu,
        ["relu2"] = Activation.SquaredRelu,
        ["relu6"] = Activation.Relu6,
        ["hardswish"] = Activation.HardSwish,
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["mish"] = Activation.Mish,
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["linear"] = Activation.Identity,
        ["leaky_relu"] = Activation.LeakyRelu,
    };

    /// <summary>The usual name of an activation.</summary>
    public static string NameOf(Activation activation) => Known.First(k => k.Value == activation).Key;

    /// <summary>All names, in order, for messages.</summary>
    public static IEnumerable<string> All => Known.Keys.OrderBy(n => n, StringComparer.Ordinal);

    /// <summary>The activation of that name; null: none that compiles.</summary>
    public static Activation? Find(string name) => Known.TryGetValue(name, out Activation activation) ? activation : null;
}
