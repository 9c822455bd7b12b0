using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>
/// Reads the encoder off a graph. Products with constant matrices and LayerNorms, in topological order, come in one order only: a LayerNorm
/// over the tables, then for each layer query, key and value (in any order), attention output, LayerNorm, two products, LayerNorm. That
/// each LayerNorm takes the sum of its block's input and output is checked.
/// </summary>
internal sealed class TrunkFinder(OnnxGraph graph, GraphConstants constants, GraphPaths paths)
{
    private readonly AttentionRoles _roles = new(graph, paths, constants);
    private readonly ActivationReader _activations = new(graph, constants, paths);

    /// <summary>Finds the encoder.</summary>
    /// <exception cref="ImportException">The graph is not of the family.</exception>
    public EncoderTrunk Find(CheckpointContext context)
    {
        List<object> events = Events(context.Cancellation);
        if (events is not [Norm norm, ..]) throw Unsupported(events.Count == 0 ? "no product with a constant matrix was found" : $"'{LabelOf(events[0])}' stands where the LayerNorm of the embeddings should be");
        int at = 1;
        Product? projection = null;
        string input = norm.Output;
        if (Pattern(events, at).StartsWith("PPPPPN", StringComparison.Ordinal) || Pattern(events, at).StartsWith("PAPN", StringComparison.Ordinal))
        {
            projection = (Product)events[at++];
            input = paths.Back(projection.Output);
        }

        var layers = new List<EncoderLayer>();
        while (LayerLength(Pattern(events, at)) is var length and > 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            EncoderLayer layer = length == 6 ? Fused(events, at, input, layers.Count) : Separate(events, at, input, layers.Count);
            layers.Add(layer);
            input = layer.OutputNorm.Output;
            at += length;
        }

        if (layers.Count == 0) throw Unsupported($"behind the LayerNorm '{norm.Node.Label()}' come{Describe(events, at)}; expected query, key and value products, an output product and a LayerNorm, two products and a LayerNorm");
        return new EncoderTrunk
        {
            EmbeddingNorm = norm,
            Projection = projection is null ? null : Weights(projection),
            Layers = layers,
            Behind = events[at..],
        };
    }

    /// <summary>Length of the layer that a pattern begins with; 0: it begins with none.</summary>
    private static int LayerLength(string pattern) =>
        pattern.StartsWith("APNPPN", StringComparison.Ordinal) ? 6 : pattern.StartsWith("PPPPNPPN", StringComparison.Ordinal) ? 8 : 0;

    private List<object> Events(CancellationToken cancellation)
    {
        var products = new ProductFinder(graph, constants);
        var norms = new NormFinder(graph, constants);
        var events = new List<object>();
        foreach (NodeProto node in graph.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            object? found = (object?)products.Find(node) ?? (object?)norms.Find(node) ?? FusedAttention.Find(node, graph, constants);
            if (found is not null) events.Add(found);
        }

        return events;
    }

    private EncoderLayer Separate(List<object> events, int at, string input, int number)
    {
        Product[] projections = [(Product)events[at], (Product)events[at + 1], (Product)events[at + 2]];
        foreach (Product projection in projections)
        {
            if (paths.Back(projection.Input) != input) throw Unsupported($"the product '{projection.Node.Label()}' of layer {number} does not take the layer's input, as query, key and value do");
        }

        NodeProto? attention = null;
        AttentionRole?[] roles = [.. projections.Select(p => _roles.Of(p, ref attention))];
        Product[] ordered = InOrder(projections, roles, number);
        LinearWeights[] weights = [.. ordered.Select(Weights)];
        if (attention is { OpType: "MultiHeadAttention" } && constants.Vector(attention.In(3)) is { } biases) weights = WithBiases(weights, biases);
        (long heads, long size) = _roles.HeadsOf(ordered[0]);
        long stated = attention?.Int("num_heads", attention.Int("q_num_heads", 0)) ?? 0;
        long width = ordered[0].Weight.Shape[0];
        if (stated == 0) stated = size > 0 && width % size == 0 ? width / size : Math.Max(heads, 0);
        return Rest(events, at + 3, input, number) with { Projections = weights, Heads = stated };
    }

    private EncoderLayer Fused(List<object> events, int at, string input, int number)
    {
        var attention = (FusedAttention)events[at];
        if (paths.Back(attention.Input) != input) throw Unsupported($"the attention '{attention.Node.Label()}' does not take the input of layer {number}");
        return Rest(events, at + 1, input, number) with { Projections = attention.Parts, Heads = attention.Heads };
    }

    private EncoderLayer Rest(List<object> events, int at, string input, int number)
    {
        var (output, norm, up, down, last) = ((Product)events[at], (Norm)events[at + 1], (Product)events[at + 2], (Product)events[at + 3], (Norm)events[at + 4]);
        CheckSum(norm, output, input, number);
        if (paths.Back(up.Input) != norm.Output) throw Unsupported($"the product '{up.Node.Label()}' of layer {number} does not take what the LayerNorm '{norm.Node.Label()}' gives");
        CheckSum(last, down, norm.Output, number);
        return new EncoderLayer
        {
            Projections = [],
            AttentionOutput = Weights(output),
            AttentionNorm = norm,
            Intermediate = Weights(up),
            Output = Weights(down),
            OutputNorm = last,
            Activation = _activations.Read(up, down),
            Heads = 0,
        };
    }

    /// <summary>A LayerNorm behind a block takes the block's input and output, added.</summary>
    private void CheckSum(Norm norm, Product output, string input, int number)
    {
        HashSet<string> ends = [input, paths.Back(output.Output), paths.Back(output.Raw)];
        List<string> summands = paths.Summands(norm.Inputs, ends);
        bool hasInput = summands.Exists(s => paths.Back(s) == input);
        bool hasOutput = summands.Exists(s => paths.Back(s) != input && ends.Contains(paths.Back(s)));
        if (hasInput && hasOutput) return;
        throw Unsupported($"the LayerNorm '{norm.Node.Label()}' of layer {number} does not take the sum of its block's input and of the product '{output.Node.Label()}'");
    }

    private Product[] InOrder(Product[] found, AttentionRole?[] roles, int number)
    {
        if (Array.TrueForAll(roles, r => r is not null) && roles.Distinct().Count() == 3)
        {
            return [.. Enumerable.Range(0, 3).OrderBy(i => roles[i]).Select(i => found[i])];
        }

        // Where the graph does not tell, names do.
        string[] words = ["query", "key", "value"];
        string[] letters = ["q", "k", "v"];
        var ordered = new Product?[3];
        foreach (Product product in found)
        {
            string[] parts = product.Bias?.Name.Split('.') ?? [];
            string last = parts.Length < 2 ? "" : parts[^2];
            int role = Array.FindIndex(words, w => w == last);
            if (role < 0) role = Array.FindIndex(letters, l => last == l || last.StartsWith(l + "_", StringComparison.Ordinal));
            if (role >= 0) ordered[role] = product;
        }

        if (Array.Exists(ordered, p => p is null)) throw Unsupported($"query, key and value products of layer {number} cannot be told apart: {string.Join(", ", found.Select(p => $"'{p.Node.Label()}'"))}");
        return [.. ordered.Select(p => p!)];
    }

    private static LinearWeights[] WithBiases(LinearWeights[] weights, GraphWeight biases)
    {
        long first = 0;
        var all = new LinearWeights[3];
        for (int i = 0; i < 3; i++)
        {
            long count = weights[i].Weight.Shape[0];
            bool fits = weights[i].Bias is null && first + count <= biases.Shape[0];
            all[i] = fits ? new LinearWeights(weights[i].Weight, biases.Rows(first, count)) { IsCut = true } : weights[i];
            first += count;
        }

        return all;
    }

    private static LinearWeights Weights(Product product) => new(product.Weight, product.Bias);

    /// <summary>The next events as letters: P a product, A fused attention, N a LayerNorm.</summary>
    private static string Pattern(List<object> events, int at) =>
        string.Concat(events.Skip(at).Take(9).Select(e => e is Product ? 'P' : e is Norm ? 'N' : 'A'));

    private static string Describe(List<object> events, int at)
    {
        IEnumerable<string> next = events.Skip(at).Take(9).Select(e => $" '{LabelOf(e)}'");
        return at < events.Count ? string.Concat(next) : " no products";
    }

    private static string LabelOf(object found) => found switch
    {
        Product p => p.Node.Label(),
        Norm n => n.Node.Label(),
        FusedAttention a => a.Node.Label(),
        _ => "",
    };

    private ImportException Unsupported(string what) => new(ProblemKinds.OnnxUnsupported, graph.Source.FilePath, $"{graph.Source.FileName} is not an encoder of the family: {what}");
}
