using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Config;

/// <summary>
/// Activations by the Python path of their torch class, with torch's default arguments: <c>torch.nn.modules.activation.Tanh</c>. Only
/// torch's own classes count, as in sentence-transformers.
/// </summary>
public static class TorchActivations
{
    private const string Package = "torch.nn.";

    private static readonly Dictionary<string, Activation> Known = new(StringComparer.Ordinal)
    {
        ["Identity"] = Activation.Identity,
        ["Tanh"] = Activation.Tanh,
        ["Sigmoid"] = Activation.Sigmoid,
        ["ReLU"] = Activation.Relu,
        ["LeakyReLU"] = Activation.LeakyRelu,
        ["GELU"] = Activation.GeluErf,
        ["SiLU"] = Activation.Silu,
        ["Mish"] = Activation.Mish,
        ["ELU"] = Activation.Elu,
        ["CELU"] = Activation.Elu,
        ["Softplus"] = Activation.Softplus,
    };

    /// <summary>The names of the classes, in order, for messages.</summary>
    public static IEnumerable<string> All => Known.Keys.OrderBy(n => n, StringComparer.Ordinal);

    /// <summary>The activation of that class; null: none that compiles.</summary>
    public static Activation? Find(string path) =>
        path.StartsWith(Package, StringComparison.Ordinal) && Known.TryGetValue(path[(path.LastIndexOf('.') + 1)..], out Activation activation) ? activation : null;

    /// <summary>What a cross-encoder may do to its logits.</summary>
    public static IReadOnlyCollection<Activation> OfScores { get; } = [Activation.Identity, Activation.Sigmoid, Activation.Tanh];

    /// <summary>The activation that a field names; <paramref name="otherwise"/> where it is absent, or after a problem was reported.</summary>
    internal static Activation? Read(ConfigFields fields, string field, Activation? otherwise, IReadOnlyCollection<Activation>? allowed = null)
    {
        if (fields.Find(field) is null) return otherwise;
        string path = fields.OptionalText(field, "");
        if (Find(path) is { } activation && allowed?.Contains(activation) != false) return activation;
        IEnumerable<string> names = Known.Where(k => allowed?.Contains(k.Value) != false).Select(k => k.Key).OrderBy(n => n, StringComparer.Ordinal);
        if (path.Length > 0) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(field), $"'{field}': '{(path.Length <= 80 ? path : path[..80] + "…")}' is not supported (supported: torch.nn's {string.Join(", ", names)})");
        return otherwise;
    }
}
