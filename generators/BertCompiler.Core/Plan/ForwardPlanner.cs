using BertCompiler.Core.Plan.Passes;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Spec and packed layout → the operations of a forward pass, in order.</summary>
public static class ForwardPlanner
{
    /// <summary>Name of the value that goes from block to block: the hidden states.</summary>
    public const string Hidden = "hidden";

    /// <summary>Plans the forward pass.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="weights">Where its weights lie.</param>
    /// <param name="taps">What it hands out besides its results.</param>
    /// <param name="optimizations">Passes that are run.</param>
    public static ExecutionPlan Plan(ModelSpec spec, WeightPlan weights, Taps taps, Optimizations optimizations = Optimizations.All)
    {
        var values = new ValueList();
        values.AddShared(Hidden, RowAxis.Tokens, spec.Hidden);
        bool finishes = spec.FinalNorm is not null;
        var plan = new ExecutionPlan
        {
            Weights = weights,
            Embeddings = EmbeddingPlanner.Block(spec, values, taps),
            Groups = new(Groups(spec, weights, values, taps)),
            LayerStarts = new(spec.Layers.Uses.Select(u => weights.Starts[u.Weights])),
            AfterLayers = finishes ? AfterLayers(spec, values, taps) : null,
            EncoderOutputs = HandsOutEncoder(spec) ? new([new Output("last_hidden_state", Hidden)]) : default,
            Heads = new(HeadPlanner.Blocks(spec, values)),
            Sentence = spec.Sentence is { } sentence ? SentencePlanner.Block(spec, sentence, values) : null,
            Taps = taps,
            Values = default,
        };
        plan = plan with { Values = values.All };
        if (optimizations.HasFlag(Optimizations.FuseNorms)) plan = FuseNorms.Run(plan);
        return Placement.Run(plan, shares: optimizations.HasFlag(Optimizations.ShareMemory));
    }

    /// <summary>
    /// Whether the encoder's own results are results of the model: of a bare encoder they are the only ones, and what came out of pre-training
    /// is an encoder to most who use it (Hugging Face opens the same file as either).
    /// </summary>
    internal static bool HandsOutEncoder(ModelSpec spec) => spec.Head.Kind is HeadKind.None or HeadKind.PreTraining or HeadKind.SentenceOrder;

    /// <summary>A norm over the rows of a layer, by the name of its packed tensors.</summary>
    internal static Norm NormOf(string name, NormKind kind, double epsilon) =>
        kind == NormKind.RmsNorm ? new RmsNorm(name + "Scale", epsilon) : new LayerNorm(name + "Scale", name + "Shift", epsilon);

    /// <summary>One block for each kind of layer.</summary>
    private static IEnumerable<LayerGroup> Groups(ModelSpec spec, WeightPlan weights, ValueList values, Taps taps)
    {
        LayerSchedule stack = spec.Layers;
        IReadOnlyList<string> names = LayerNames.Of(stack);
        for (int kind = 0; kind < stack.Kinds.Count; kind++)
        {
            int[] layers = [.. Enumerable.Range(0, stack.Count).Where(i => stack.Uses[i].Kind == kind)];
            yield return new LayerGroup(new LayerPlanner(spec, kind, names[kind], weights, values, taps).Block(), new(layers));
        }
    }

    private static Block AfterLayers(ModelSpec spec, ValueList values, Taps taps)
    {
        const string name = "NormalizeHidden";
        const string normalized = "normalized";
        values.Add(name, normalized, RowAxis.Tokens, spec.Hidden);
        var ops = new List<Op> { new NormOp(Hidden, NormOf("FinalNorm", spec.FinalNorm!.Value, spec.Layers.First.Epsilon), normalized) { Purpose = "Sums that no layer normalised, normalised" } };
        if (taps.HasFlag(Taps.Hidden)) ops.Add(new TapOp(normalized, spec.Layers.Count) { Purpose = Tapped });
        return new Block(name, new(ops), default) { Result = normalized };
    }

    /// <summary>What a tap is for.</summary>
    internal const string Tapped = "Handed out where somebody asks for hidden states";
}
