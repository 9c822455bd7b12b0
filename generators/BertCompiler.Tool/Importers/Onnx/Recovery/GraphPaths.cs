using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Walks along values that pass nodes unchanged but for shape and type. Every walk is bounded.</summary>
internal sealed class GraphPaths(OnnxGraph graph)
{
    private const int MostSteps = 64;

    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Dropout", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Expand",
    };

    /// <summary>Whether a node hands its first input on, in another shape or type or rounded.</summary>
    public static bool Passes(NodeProto node) => Passing.Contains(node.OpType);

    /// <summary>The value that was handed on to be this one.</summary>
    public string Back(string value)
    {
        for (int step = 0; step < MostSteps && graph.ProducerOf(value) is { } node && Passes(node) && node.In(0).Length > 0; step++) value = node.In(0);
        return value;
    }

    /// <summary>The node that computes what was handed on to be this value; null: an input or a constant.</summary>
    public NodeProto? Source(string value) => graph.ProducerOf(Back(value));

    /// <summary>The summands of values: what stands at the ends of their trees of Add.</summary>
    /// <param name="values">Where the trees begin.</param>
    /// <param name="ends">Values, as <see cref="Back"/> gives them, that are not taken apart.</param>
    public List<string> Summands(IEnumerable<string> values, HashSet<string> ends)
    {
        var found = new List<string>();
        var open = new Stack<string>(values);
        for (int step = 0; step < MostSteps && open.TryPop(out string? value); step++)
        {
            string source = Back(value);
            if (!ends.Contains(source) && graph.ProducerOf(source) is { OpType: "Add", Input.Count: 2 } add)
            {
                open.Push(add.Input[1]);
                open.Push(add.Input[0]);
            }
            else
            {
                found.Add(value);
            }
        }

        return found;
    }

    /// <summary>Whether a value is computed with an operator that lies near behind it; nodes that <paramref name="wall"/> names are not passed.</summary>
    public bool ComesFrom(string value, Func<NodeProto, bool> wanted, Func<NodeProto, bool> wall, int mostNodes = 32)
    {
        var open = new Queue<string>([value]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out string? next) && seen.Count < mostNodes)
        {
            if (!seen.Add(next) || graph.ProducerOf(next) is not { } node) continue;
            if (wanted(node)) return true;
            if (wall(node)) continue;
            foreach (string input in node.Input) open.Enqueue(input);
        }

        return false;
    }
}
