using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>The graph of an open ONNX file: nodes, and the places of the numbers.</summary>
/// <remarks>Checked: nodes are in topological order, each value has one producer, tensors fit their bytes, operators are of known domains.</remarks>
internal sealed class OnnxGraph : IDisposable
{
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NodeProto>> _consumers = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<IDisposable> _owned;

    /// <param name="source">The file; closed with the graph.</param>
    /// <param name="nodes">In topological order.</param>
    /// <param name="initializers">By name, with the tensors of Constant nodes.</param>
    /// <param name="owned">What else is closed with the graph.</param>
    public OnnxGraph(ByteSource source, IReadOnlyList<NodeProto> nodes, IReadOnlyDictionary<string, OnnxTensor> initializers, IReadOnlyList<IDisposable> owned)
    {
        (Source, Nodes, Initializers, _owned) = (source, nodes, initializers, owned);
        foreach (NodeProto node in nodes)
        {
            foreach (string output in node.Output) _producers.TryAdd(output, node);
            foreach (string input in node.Input) AddConsumer(input, node);
        }

        _producers.Remove("");
        _consumers.Remove("");
    }

    /// <summary>The file.</summary>
    public ByteSource Source { get; }

    /// <summary>The nodes in topological order; those of subgraphs are not among them.</summary>
    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>Tensors by name: initialisers, and what Constant nodes hold by the name of their output.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Initializers { get; }

    /// <summary>The graph's inputs, without those that are initialisers.</summary>
    public required IReadOnlyList<ValueInfoProto> Inputs { get; init; }

    /// <summary>The graph's outputs.</summary>
    public required IReadOnlyList<ValueInfoProto> Outputs { get; init; }

    /// <summary>The model's <c>metadata_props</c>.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The program that wrote the file, <c>pytorch</c>; empty where the file does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>Version of ONNX's own operators; 0 where the file does not say.</summary>
    public required long Opset { get; init; }

    /// <summary>The tensor that a value is, through any number of Identity nodes; null: it is computed.</summary>
    public OnnxTensor? Constant(string name)
    {
        while (true)
        {
            if (Initializers.TryGetValue(name, out OnnxTensor? tensor)) return tensor;
            if (ProducerOf(name) is not { OpType: "Identity", Domain: "" or "ai.onnx", Input.Count: 1 } identity) return null;

            // Nodes form no cycle, so this ends.
            name = identity.Input[0];
        }
    }

    /// <summary>The node whose output a value is; null: an input, an initialiser, or nothing.</summary>
    public NodeProto? ProducerOf(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The nodes that take a value, in topological order; a node that takes it twice is named once.</summary>
    public IReadOnlyList<NodeProto> ConsumersOf(string value) => _consumers.TryGetValue(value, out List<NodeProto>? nodes) ? nodes : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
        Source.Dispose();
    }

    private void AddConsumer(string value, NodeProto node)
    {
        if (!_consumers.TryGetValue(value, out List<NodeProto>? nodes)) _consumers.Add(value, nodes = []);
        if (nodes.Count == 0 || !ReferenceEquals(nodes[^1], node)) nodes.Add(node);
    }
}
