using BertCompiler.Core.Families;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>Makes a checkpoint of a graph: operators → structure → names → tensors, and what the graph says of its model.</summary>
internal sealed class GraphRecovery
{
    private readonly OnnxGraph _graph;
    private readonly CheckpointContext _context;
    private readonly GraphConstants _constants;
    private readonly GraphPaths _paths;
    private readonly TableFinder _tableFinder;
    private readonly Dictionary<string, GraphWeight> _weights = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    private GraphRecovery(OnnxGraph graph, CheckpointContext context)
    {
        (_graph, _context) = (graph, context);
        _constants = new GraphConstants(graph);
        _paths = new GraphPaths(graph);
        _tableFinder = new TableFinder(graph, _constants, _paths);
    }

    /// <summary>The tensors of a graph under Hugging Face's names.</summary>
    /// <param name="graph">The graph; owned by the result.</param>
    /// <param name="context">Where a warning about quantised weights goes.</param>
    /// <exception cref="ImportException">The graph is not of the family.</exception>
    public static Checkpoint Recover(OnnxGraph graph, CheckpointContext context) => new GraphRecovery(graph, context).Recover();

    private Checkpoint Recover()
    {
        Operators.Check(_graph);
        EncoderTrunk trunk = new TrunkFinder(_graph, _constants, _paths).Find(_context);
        EmbeddingTables tables = _tableFinder.Of(trunk.EmbeddingNorm);
        Family family = FamilyGuess.Of(ParameterNames(), trunk, tables, _graph.Nodes.Any(n => n.OpType == "CumSum"));
        TrunkNames names = TrunkNames.Of(family, trunk, tables);
        names.Check(_graph);
        CheckAlike(trunk);
        foreach (NamedWeight weight in names.Weights) Add(names.Kept + weight.Name, weight.Weight);
        foreach (NamedWeight weight in new HeadNames(_graph, _paths, names, family).Of(trunk)) Add(weight.Name, weight.Weight);
        AddOtherTables(names);
        AddOtherParameters(names, trunk);
        var bare = new Dictionary<string, GraphWeight>(StringComparer.Ordinal);
        foreach ((string name, GraphWeight weight) in _weights) bare.TryAdd(names.Bare(name), weight);
        var facts = new CheckpointFacts
        {
            Activation = trunk.Layers[0].Activation,
            Config = new GraphConfig(_graph, _constants, _paths, family).Write(trunk, tables, bare),
        };
        ReportQuantized();
        return new Checkpoint(Tensors(names, family), facts, _graph);
    }

    private List<(TensorInfo Tensor, TensorData? Data)> Tensors(TrunkNames names, Family family)
    {
        var whole = new WholeTensor();
        var tensors = new List<(TensorInfo Tensor, TensorData? Data)>(_order.Count);
        foreach (string name in _order)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            tensors.Add((_weights[name].Info(name), _weights[name].Data(whole)));
        }

        foreach (OnnxTensor tensor in _graph.Initializers.Values)
        {
            if (tensor.Dtype is not { } dtype || _weights.ContainsKey(tensor.Name) || !family.IgnoredTensors.Contains(names.Bare(tensor.Name))) continue;
            tensors.Add((new GraphWeight { Name = tensor.Name, Values = tensor, Shape = tensor.Dims }.Info(tensor.Name) with { Dtype = dtype }, null));
        }

        return tensors;
    }

    private void Add(string name, GraphWeight weight)
    {
        if (!_weights.TryAdd(name, weight)) return;
        _context.Budget.Spend((2 * name.Length) + 256, ProblemKinds.OnnxMalformed, _graph.Source, "the list of parameters");
        _order.Add(name);
    }

    private HashSet<string> ParameterNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in _graph.Initializers.Keys.Concat(_graph.Nodes.Where(n => n.OpType == "Identity").Select(n => n.Out())))
        {
            string parameter = HubNames.Base(name);
            if (HubNames.IsParameter(parameter)) names.Add(parameter);
        }

        return names;
    }

    /// <summary>Tables of distances, and whatever else rows are taken of.</summary>
    private void AddOtherTables(TrunkNames names)
    {
        foreach (NodeProto node in _graph.Nodes)
        {
            if (_tableFinder.Rows(node) is { } table && HubNames.IsParameter(table.Name)) Add(names.Strip(table.Name), table);
        }
    }

    /// <summary>Parameters that were found in no place, under the names that they have: they may be another head's.</summary>
    private void AddOtherParameters(TrunkNames names, EncoderTrunk trunk)
    {
        HashSet<OnnxTensor> matrices = [.. _weights.Values.Where(w => w.Transposed || w.IsQuantized).Select(w => w.Values)];
        matrices.UnionWith(trunk.Behind.OfType<Product>().Select(p => p.Weight.Values));
        foreach (OnnxTensor tensor in _graph.Initializers.Values)
        {
            if (!HubNames.IsParameter(tensor.Name) || matrices.Contains(tensor) || tensor.Dtype is not { } dtype || !TensorDtypes.IsWeight(dtype)) continue;
            string name = names.Strip(tensor.Name);
            if (!_weights.ContainsKey(HubNames.Modern(name))) Add(name, new GraphWeight { Name = name, Values = tensor, Shape = tensor.Dims });
        }
    }

    private void CheckAlike(EncoderTrunk trunk)
    {
        EncoderLayer first = trunk.Layers[0];
        for (int i = 0; i < trunk.Layers.Count; i++)
        {
            if (trunk.Layers[i].Activation is not { } activation) throw Unsupported($"between the feed-forward products of layer {i} ('{trunk.Layers[i].Intermediate.Bias?.Name ?? trunk.Layers[i].Intermediate.Weight.Name}') it computes an activation that is not known");
            if (activation != first.Activation) throw Unsupported($"layer {i} computes {activation}, and layer 0 {first.Activation}; all layers are alike in the family");
        }
    }

    private void ReportQuantized()
    {
        GraphWeight[] quantized = [.. _weights.Values.Where(w => w.IsQuantized)];
        if (quantized.Length == 0) return;
        IEnumerable<long> bits = quantized.Select(w => w.Bits > 0 ? w.Bits : OnnxTypes.BitsOf(w.Values.Type) ?? 0).Distinct().Order();
        _context.Problems.Warning(ProblemKinds.WeightsDequantized, _graph.Source.FilePath, $"{_graph.Source.FileName}: {quantized.Length} of {_weights.Count} tensors are stored in {string.Join(" and ", bits)} bits and are widened, (q − zero point)·scale; results are those of the rounded weights");
    }

    private ImportException Unsupported(string what) => new(ProblemKinds.OnnxUnsupported, _graph.Source.FilePath, $"{_graph.Source.FileName} is not an encoder of the family: {what}");
}
