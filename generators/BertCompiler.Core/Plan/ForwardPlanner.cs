using BertCompiler.Core.Plan.Passes;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Spec → the ordered steps of a forward pass.</summary>
public static class ForwardPlanner
{
    /// <summary>Name of the buffer that holds the hidden states between blocks.</summary>
    public const string Hidden = "hidden";

    /// <summary>Plans the forward pass.</summary>
    public static ExecutionPlan Plan(ModelSpec spec, Taps taps, Optimizations optimizations = Optimizations.All)
    {
        var buffers = new List<BufferSpec> { new(Hidden, RowAxis.Tokens, spec.Hidden) };
        var plan = new ExecutionPlan
        {
            Weights = WeightPlanner.Plan(spec, optimizations),
            Embeddings = Embeddings(spec, buffers),
            Layer = Layer(spec, buffers, optimizations),
            EncoderOutputs = HandsOutEncoder(spec) ? new([new Output("last_hidden_state", Hidden)]) : default,
            Heads = new(HeadPlanner.Blocks(spec, buffers)),
            Sentence = spec.Sentence is { } sentence ? SentencePlanner.Block(spec, sentence, buffers) : null,
            Taps = taps,
            Buffers = default,
        };
        plan = plan with { Buffers = new(buffers.Select((b, i) => b with { Slot = i })) };
        if (optimizations.HasFlag(Optimizations.FuseNorms)) plan = FuseNorms.Run(plan);
        return optimizations.HasFlag(Optimizations.ShareBuffers) ? ShareBuffers.Run(plan) : plan;
    }

    /// <summary>
    /// Whether the encoder's own results are results of the model: of a bare encoder they are the only ones, and what came out of pre-training
    /// is an encoder to most who use it (Hugging Face opens the same file as either).
    /// </summary>
    internal static bool HandsOutEncoder(ModelSpec spec) => spec.Head.Kind is HeadKind.None or HeadKind.PreTraining;

    /// <summary>Ids → hidden states; where the tables are narrower than the layers (ELECTRA), a product widens them.</summary>
    private static Block Embeddings(ModelSpec spec, List<BufferSpec> buffers)
    {
        EmbeddingSpec e = spec.Embedding;
        bool projected = e.Width != spec.Hidden;
        string embedded = projected ? "embedded" : Hidden;
        bool positions = e.PositionTable != PositionTable.None;
        int? countsFrom = positions && e.PositionRule == PositionRule.AfterPadding ? e.PadTokenId : null;
        string purpose = (positions, e.TokenTypes > 0) switch
        {
            (true, true) => "What the token is, where it stands and which text it belongs to, added up and normalised",
            (true, false) => "What the token is and where it stands, added up and normalised",
            (false, true) => "What the token is and which text it belongs to, added up and normalised; distances come in with attention",
            _ => "What the token is, normalised; distances come in with attention",
        };
        var ops = new List<Op> { new EmbedOp(positions, countsFrom, e.TokenTypes > 0, e.Epsilon, embedded) { Purpose = purpose } };
        if (projected)
        {
            buffers.Add(new(embedded, RowAxis.Tokens, e.Width));
            ops.Add(new LinearOp(embedded, "EmbeddingProjection", "EmbeddingProjectionBias", Finish.None, Hidden) { Purpose = "From the width of the tables to that of the layers" });
        }

        return new Block("EmbedTokens", new(ops), default);
    }

    /// <summary>
    /// A post-norm layer: attention, residual, LayerNorm; feed-forward, residual, LayerNorm (Vaswani et al. 2017, §3.1; BERT keeps the form).
    /// </summary>
    private static Block Layer(ModelSpec spec, List<BufferSpec> buffers, Optimizations optimizations)
    {
        LayerSpec layer = spec.Layer;
        buffers.Add(new("queryKeyValue", RowAxis.Tokens, 3 * spec.Hidden));
        buffers.Add(new("context", RowAxis.Tokens, spec.Hidden));
        buffers.Add(new("intermediate", RowAxis.Tokens, layer.FeedForward));
        Finish add = new() { Residual = Hidden };
        LayerNormOp normalize(string norm) => new(Hidden, norm + "Scale", norm + "Shift", layer.Epsilon, Hidden) { Purpose = "Normalised" };
        return new Block(
            "EncoderLayer",
            new([
                new LinearOp(Hidden, "QueryKeyValue", "QueryKeyValueBias", Finish.None, "queryKeyValue")
                {
                    Purpose = "Queries, keys and values of all heads in one product",
                },
                new AttentionOp("queryKeyValue", layer.Heads, layer.HeadSize, ScaleFolding.RunTimeScale(layer, optimizations), layer.Relative, "context")
                {
                    Purpose = "Each head mixes the values of a text's tokens by how well its query fits their keys",
                },
                new LinearOp("context", "AttentionOutput", "AttentionOutputBias", add, Hidden)
                {
                    Purpose = "The heads' answers side by side, projected, added to what came in",
                },
                normalize("AttentionNorm"),
                new LinearOp(Hidden, "Intermediate", "IntermediateBias", new() { Activation = layer.Activation }, "intermediate")
                {
                    Purpose = "Feed-forward, first product: every token by itself, into a wider space",
                },
                new LinearOp("intermediate", "Output", "OutputBias", add, Hidden)
                {
                    Purpose = "Feed-forward, second product: back to the width of a hidden state, added",
                },
                normalize("OutputNorm")]),
            default);
    }
}
