using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Plans what follows the last layer in the model itself: the pooler and the parts of the head.</summary>
internal static class HeadPlanner
{
    private const string Hidden = ForwardPlanner.Hidden;

    public static IEnumerable<Block> Blocks(ModelSpec spec, List<BufferSpec> buffers)
    {
        var blocks = new List<Block>();
        if (spec.HasPooler) blocks.Add(Pooler(spec, buffers));
        if (spec.Head.Kind != HeadKind.None) blocks.AddRange(PartsOf(spec, Family.Of(spec)).Select(part => Part(part, spec, buffers)));
        return blocks;
    }

    /// <summary>What the head of a model computes.</summary>
    /// <exception cref="ArgumentException">The family has no such class.</exception>
    public static EquatableArray<HeadPart> PartsOf(ModelSpec spec, Family family) =>
        (family.Rule(spec.Architecture) ?? throw new ArgumentException($"no class '{spec.Architecture}' in the family {family.ModelType}", nameof(spec))).Parts;

    /// <summary>Width behind the dense layer of a part.</summary>
    public static int DenseWidth(HeadPart part, ModelSpec spec) => part.DenseIsEmbeddingWide ? spec.Embedding.Width : spec.Hidden;

    /// <summary>Numbers in a row of scores.</summary>
    public static int Columns(HeadPart part, ModelSpec spec) => part.Columns switch
    {
        HeadColumns.One => 1,
        HeadColumns.Two => 2,
        HeadColumns.Labels => spec.Head.Labels.Count,
        _ => spec.Embedding.Vocabulary,
    };

    /// <summary>tanh(W·h₀ + b) of the first token's hidden state (Devlin et al. 2019; <c>BertPooler</c>).</summary>
    private static Block Pooler(ModelSpec spec, List<BufferSpec> buffers)
    {
        buffers.Add(new("first", RowAxis.Sequences, spec.Hidden));
        buffers.Add(new("pooled", RowAxis.Sequences, spec.Hidden));
        return new Block(
            "Pool",
            new([
                new FirstTokenOp(Hidden, "first") { Purpose = "The first token stands for the whole text" },
                new LinearOp("first", "Pooler", "PoolerBias", new() { Activation = Activation.Tanh }, "pooled") { Purpose = "The pooler" }]),
            ForwardPlanner.HandsOutEncoder(spec) ? new([new Output("pooler_output", "pooled")]) : default);
    }

    private static Block Part(HeadPart part, ModelSpec spec, List<BufferSpec> buffers)
    {
        Logits logits = part.From != HeadInput.EachToken ? Logits.Sequence : part.Columns == HeadColumns.Vocabulary ? Logits.Vocabulary : Logits.Token;
        RowAxis rows = logits switch { Logits.Sequence => RowAxis.Sequences, Logits.Token => RowAxis.Tokens, _ => RowAxis.Selected };
        var ops = new List<Op>();
        string from = part.From == HeadInput.Pooler ? "pooled" : Hidden;
        if (part.From == HeadInput.FirstToken)
        {
            buffers.Add(new("first", rows, spec.Hidden));
            ops.Add(new FirstTokenOp(Hidden, "first") { Purpose = "The first token stands for the whole text" });
            from = "first";
        }

        if (logits == Logits.Vocabulary)
        {
            buffers.Add(new("selected", rows, spec.Hidden));
            ops.Add(new SelectRowsOp(Hidden, "selected") { Purpose = "Only the tokens that are asked for: the vocabulary is wide" });
            from = "selected";
        }

        string name = char.ToLowerInvariant(part.Name[0]) + part.Name[1..];
        if (part.Dense is not null)
        {
            string dense = name + "Dense";
            buffers.Add(new(dense, rows, DenseWidth(part, spec)));
            ops.Add(new LinearOp(from, part.Name + "Dense", part.Name + "DenseBias", new() { Activation = spec.Head.Activation }, dense) { Purpose = "The head's own dense layer" });
            if (part.Norm is not null) ops.Add(new LayerNormOp(dense, part.Name + "NormScale", part.Name + "NormShift", spec.Layer.Epsilon, dense) { Purpose = "Normalised once more" });
            from = dense;
        }

        string scores = part.Columns == HeadColumns.Vocabulary ? "words" : name;
        buffers.Add(new(scores, rows, Columns(part, spec)));
        ops.Add(new LinearOp(from, part.Name, part.Name + "Bias", Finish.None, scores) { Purpose = Purpose(part) });
        return new Block("Score" + part.Name, new(ops), new(part.Outputs.Select((output, i) => new Output(output, scores, part.IsByColumn ? i : -1)))) { Logits = logits };
    }

    private static string Purpose(HeadPart part) => (part.Name, part.From) switch
    {
        ("Classifier", HeadInput.EachToken) => "A score for each label of each token",
        ("Classifier", _) => "A score for each label",
        ("Span", _) => "How well each token begins (column 0) and ends (column 1) the answer",
        ("NextSentence", _) => "How well the second text follows the first (column 0), and how ill (column 1)",
        ("Replaced", _) => "How surely each token was put in place of another",
        _ => "A score for every word of the vocabulary",
    };
}
