using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Tells which activation a graph computes between two products, by operators and constants (formulas: transformers, activations.py).</summary>
internal sealed class ActivationReader(OnnxGraph graph, GraphConstants constants, GraphPaths paths)
{
    private const int MostNodes = 48;

    /// <summary>The activation; null: none that is known.</summary>
    /// <param name="from">The product before.</param>
    /// <param name="to">The product that takes the activations.</param>
    public Activation? Read(Product from, Product to)
    {
        var numbers = new List<double>();
        return Between(from, to.Input, numbers) is { } nodes ? Name(nodes, numbers) : null;
    }

    /// <summary>The nodes between, without those that hand values on; null: more lies there than one activation.</summary>
    private List<NodeProto>? Between(Product from, string value, List<double> numbers)
    {
        HashSet<string> ends = [from.Output, from.Raw, paths.Back(from.Output)];
        var nodes = new List<NodeProto>();
        var open = new Queue<string>([value]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out string? next))
        {
            if (next.Length == 0 || !seen.Add(next) || ends.Contains(next)) continue;
            if (constants.Of(next) is not null)
            {
                if (constants.Number(next) is { } number) numbers.Add(number);
                continue;
            }

            if (graph.ProducerOf(next) is not { } node || seen.Count > MostNodes) return null;
            if (!GraphPaths.Passes(node)) nodes.Add(node);
            if (node.OpType is "QuantizeLinear" or "DequantizeLinear" or "Reshape" or "Expand" or "DynamicQuantizeLinear") open.Enqueue(node.In(0));
            else foreach (string input in node.Input) open.Enqueue(input);
        }

        return nodes;
    }

    private Activation? Name(List<NodeProto> nodes, List<double> numbers)
    {
        int Count(string operation) => nodes.Count(n => n.OpType == operation);
        bool Has(double number) => numbers.Exists(n => Math.Abs(n - number) < 1e-3 * Math.Abs(number));
        bool clips = Count("Clip") > 0 || (Count("Min") > 0 && Count("Max") > 0);
        if (nodes.Count == 0) return Activation.Identity;
        if (Count("BiasGelu") == 1) return Alone(nodes, Activation.GeluErf);
        if (Count("FastGelu") == 1) return Alone(nodes, Activation.GeluTanh);
        if (Count("Gelu") == 1)
        {
            NodeProto gelu = nodes.First(n => n.OpType == "Gelu");
            Activation form = gelu.Text("approximate", "none") == "tanh" ? Activation.GeluTanh : Activation.GeluErf;
            return clips && form == Activation.GeluErf ? Activation.Gelu10 : Alone(nodes, form);
        }

        if (Count("QuickGelu") == 1) return Math.Abs(nodes.First(n => n.OpType == "QuickGelu").Float("alpha", 1.702f) - 1) < 1e-6 ? Activation.Silu : Activation.QuickGelu;
        if (Count("Erf") == 1) return !Has(Math.Sqrt(2)) && !Has(Math.Sqrt(0.5)) ? null : clips ? Activation.Gelu10 : Activation.GeluErf;
        if (Count("Mish") == 1 || (Count("Softplus") == 1 && Count("Tanh") == 1)) return Activation.Mish;
        if (Count("Tanh") == 1) return nodes.Count == 1 ? Activation.Tanh : TanhGelu(nodes, Has(0.044715) && Has(Math.Sqrt(2 / Math.PI)));
        if (Count("Sigmoid") == 1) return nodes.Count == 1 ? Activation.Sigmoid : Count("Mul") == 0 ? null : Has(1.702) ? Activation.QuickGelu : Alone(nodes, Activation.Silu, 2);
        if (Count("Relu") == 1) return nodes.Count == 1 ? Activation.Relu : nodes.Count == 2 && (Count("Mul") == 1 || (Count("Pow") == 1 && Has(2))) ? Activation.SquaredRelu : null;
        if (nodes.Count != 1) return null;
        return nodes[0].OpType switch
        {
            "Clip" when Has(6) => Activation.Relu6,
            "Swish" or "Silu" => Activation.Silu,
            "HardSwish" => Activation.HardSwish,
            "Elu" when nodes[0].Float("alpha", 1) == 1 => Activation.Elu,
            "LeakyRelu" when Math.Abs(nodes[0].Float("alpha", 0.01f) - 0.01f) < 1e-6 => Activation.LeakyRelu,
            "Softplus" => Activation.Softplus,
            _ => null,
        };
    }

    /// <summary>The two tanh forms differ in how they are written: <c>gelu_fast</c> adds 1 twice and takes no cube.</summary>
    private Activation? TanhGelu(List<NodeProto> nodes, bool hasConstants)
    {
        if (!hasConstants) return null;
        int plusOne = nodes.Count(n => n.OpType == "Add" && n.Input.Any(i => constants.Number(i) == 1));
        return plusOne == 2 ? Activation.GeluFast : Activation.GeluTanh;
    }

    private static Activation? Alone(List<NodeProto> nodes, Activation activation, int most = 1) => nodes.Count <= most ? activation : null;
}
