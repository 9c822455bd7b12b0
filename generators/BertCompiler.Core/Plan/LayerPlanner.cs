using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>
/// Plans one kind of layer: attention and a feed-forward network, each with a residual and a norm. The norm comes after the sum (Vaswani et al. 2017,
/// §3.1; BERT keeps the form), or before attention and network (pre-norm: Xiong et al. 2020). Every choice follows a property of the spec, never a family.
/// </summary>
internal sealed class LayerPlanner(ModelSpec spec, int kind, string name, WeightPlan weights, ValueList values, Taps taps)
{
    private readonly LayerSpec _layer = spec.Layers.Kinds[kind];
    private readonly List<Op> _ops = [];

    private bool NormsAfter => _layer.NormPlacement == NormPlacement.AfterSum;

    /// <summary>The layer as a block.</summary>
    public Block Block()
    {
        string? windows = Windows();
        string attended = Attention();
        string output = FeedForward(attended);
        if (windows is not null) output = Convolution(windows, output);

        if (taps.HasFlag(Taps.Hidden)) _ops.Add(new TapOp(output, Number: null) { Purpose = ForwardPlanner.Tapped, IsLastElsewhere = spec.FinalNorm is not null });
        return new Block(name, new(_ops), default) { Result = output, Kind = kind };
    }

    private string Attention()
    {
        string input = NormsAfter || !_layer.NormalizesAttentionInput ? ForwardPlanner.Hidden : Norm(ForwardPlanner.Hidden, "AttentionNorm", "attentionInput", "Normalised before attention");
        string projected = Value("queryKeyValue", _layer.QueryKeyValueWidth);
        Add(new LinearOp(input, "QueryKeyValue", "QueryKeyValueBias", new Plain(), projected), "Queries, keys and values of all heads in one product");
        if (_layer.Rotary is { } rotary) projected = Rotate(projected, rotary);
        string context = Value("context", _layer.AttentionWidth);
        double scale = ScaleFolding.RunTimeScale(_layer, weights.Tensor("QueryKeyValue", kind));
        Add(
            new AttentionOp(projected, _layer.Heads, _layer.KeyHeads, _layer.HeadSize, scale, _layer.Window, Distances(), taps.HasFlag(Taps.Attention), context),
            _layer.Window is null ? "Each head mixes the values of a text's tokens by how well its query fits their keys" : "Each head mixes the values of the tokens nearby by how well its query fits their keys");
        return Residual(context, "AttentionOutput", ForwardPlanner.Hidden, "attended", "AttentionNorm", "The heads' answers side by side, projected, added to what came in");
    }

    private string FeedForward(string attended)
    {
        string input = NormsAfter ? attended : Norm(attended, "OutputNorm", "feedForwardInput", "Normalised before the feed-forward network");
        string intermediate = Value("intermediate", _layer.FeedForward);
        if (_layer.IsGated)
        {
            Add(new GatedLinearOp(input, "Intermediate", "IntermediateBias", _layer.Activation, intermediate), "Feed-forward, first product: every token by itself, into a wider space, where one half opens and shuts the other");
        }
        else
        {
            Add(new LinearOp(input, "Intermediate", "IntermediateBias", new Activated(_layer.Activation), intermediate), "Feed-forward, first product: every token by itself, into a wider space");
        }

        return Residual(intermediate, "Output", attended, "output", "OutputNorm", "Feed-forward, second product: back to the width of a hidden state, added");
    }

    /// <summary>A product that is added to what came in; normalised after that, or not.</summary>
    private string Residual(string input, string weight, string residual, string output, string norm, string purpose)
    {
        string sum = Value(NormsAfter ? output + "Sum" : output, spec.Hidden);
        Add(new LinearOp(input, weight, weight + "Bias", new Added(residual), sum), purpose);
        return NormsAfter ? Norm(sum, norm, output, "Normalised") : sum;
    }

    private string Norm(string input, string norm, string output, string purpose)
    {
        Value(output, spec.Hidden);
        Add(new NormOp(input, ForwardPlanner.NormOf(norm, _layer.Norm, _layer.Epsilon), output), purpose);
        return output;
    }

    private string Rotate(string projected, RotarySpec rotary)
    {
        string rotated = Value("rotated", _layer.QueryKeyValueWidth);
        int heads = _layer.Heads + (rotary.RotatesValues ? 2 : 1) * _layer.KeyHeads;
        Add(
            new RotaryOp(projected, RotaryTables.NameOf(spec.Layers, rotary), heads, _layer.HeadSize, rotary.Pairing, rotated),
            $"Queries{(rotary.RotatesValues ? "," : " and")} keys{(rotary.RotatesValues ? " and values" : "")} turned by their token's position, so that their products know distances");
        return rotated;
    }

    private Distances? Distances() => _layer switch
    {
        { Disentangled: { } d } => new DisentangledDistances(d.ContentToPosition ? "PositionKeys" : null, d.PositionToContent ? "PositionQueries" : null, d.Buckets, d.MaxDistance),
        { Relative: RelativePositions.Key } => new QueryDistances("Distances"),
        { Relative: RelativePositions.KeyQuery } => new QueryKeyDistances("Distances"),
        { Relative: RelativePositions.Buckets } => new BucketedDistances("DistanceBuckets"),
        _ => null,
    };

    /// <summary>What a convolution sees: it reads the layer's input, which the layer replaces.</summary>
    private string? Windows()
    {
        if (_layer.Convolution is not { } convolution) return null;
        string windows = Value("windows", checked(convolution.Width * spec.Hidden));
        Add(new NeighboursOp(ForwardPlanner.Hidden, convolution.Width, windows), "Each token with its neighbours side by side, for the convolution");
        return windows;
    }

    private string Convolution(string windows, string output)
    {
        string sum = Value("convolved", spec.Hidden);
        Add(
            new LinearOp(windows, "Convolution", "ConvolutionBias", new ActivatedAndAdded(_layer.Convolution!.Activation, output), sum),
            "A convolution over neighbouring tokens beside the layer, added");
        return Norm(sum, "ConvolutionNorm", "convolvedOutput", "Normalised");
    }

    private string Value(string value, int columns) => values.Add(name, value, RowAxis.Tokens, columns);

    private void Add(Op op, string purpose) => _ops.Add(op with { Purpose = purpose });
}
