using BertCompiler.Core;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;

namespace BertCompiler.Compiler.Tests;

/// <summary>Models of several shapes for tests of planner, emitters and generator; no checkpoint is behind them.</summary>
internal static class SampleManifests
{
    /// <summary>The shape of all-MiniLM-L6-v2: D = 32, whose 1/√D is no power of two.</summary>
    public static Manifest MiniLm { get; } = Of(Encoder("mini-lm", "BertModel", hidden: 384, layers: 6, heads: 12, feedForward: 1536, vocabulary: 30522) with
    {
        HasPooler = true,
        MaxTokens = 256,
        Sentence = new SentenceSpec { Pooling = new([PoolingMode.Mean]), Modules = new([new NormalizeModule()]) },
        Tokenizer = SampleTokenizers.Bert,
    });

    /// <summary>A small model with D = 64 (1/√D is folded), two poolings and no pooler.</summary>
    public static Manifest TwoPoolings { get; } = Of(Encoder("two-poolings", "BertModel", hidden: 128, layers: 2, heads: 2, feedForward: 512, vocabulary: 1000) with
    {
        Sentence = new SentenceSpec { Pooling = new([PoolingMode.Cls, PoolingMode.Max]) },
        Tokenizer = SampleTokenizers.Roberta,
    });

    /// <summary>Every module, prompts whose names are hard to use, a prompt that pooling leaves out, and embeddings that are cut.</summary>
    public static Manifest AllModules { get; } = Of(Encoder("all-modules", "BertModel", hidden: 48, layers: 1, heads: 3, feedForward: 96, vocabulary: 1000) with
    {
        Sentence = new SentenceSpec
        {
            Pooling = new([PoolingMode.Mean, PoolingMode.WeightedMean]),
            IncludePrompt = false,
            Modules = new([
                new LayerNormModule(96),
                new DenseModule(96, 40, HasBias: false, Activation.Elu, DenseResidual.Projected),
                new DenseModule(40, 40, HasBias: true, Activation.Identity, DenseResidual.Identity),
                new NormalizeModule(),
                new DenseModule(40, 24, HasBias: true, Activation.Softplus, DenseResidual.None)]),
            Prompts = new([new("query", "query: "), new("web search (long)", "Find \"this\"\n"), new("Prompts", " é"), new("equals", "\u2028")]),
            DefaultPrompt = "query",
            Similarity = Similarity.Manhattan,
            TruncateDimension = 20,
        },
        Tokenizer = SampleTokenizers.XlmRoberta,
    });

    /// <summary>A classifier of odd sizes whose labels are hard to name.</summary>
    public static Manifest Classifier { get; } = Of(Encoder("odd classifier", "BertForSequenceClassification", hidden: 36, layers: 1, heads: 12, feedForward: 111, vocabulary: 331) with
    {
        HasPooler = true,
        Head = new HeadSpec
        {
            Kind = HeadKind.SequenceClassification,
            ProblemType = Core.Spec.ProblemType.MultiLabel,
            Labels = new(["very good", "very-good", "1 star", "", "class", "\"; } class Evil { //", "*/ <b>&", "naïve é"]),
        },
    });

    /// <summary>Masked language model and next sentence prediction, with tanh GELU.</summary>
    public static Manifest PreTraining { get; } = Of(Encoder("pre-training", "BertForPreTraining", hidden: 48, layers: 3, heads: 6, feedForward: 96, vocabulary: 101) with
    {
        HasPooler = true,
        Head = new HeadSpec { Kind = HeadKind.PreTraining, Activation = Activation.GeluTanh },
    });

    /// <summary>MPNet with a tagging head: positions behind the pad id, no token types, distances in buckets.</summary>
    public static Manifest MPNet { get; } = Variant("mpnet", "MPNetForTokenClassification", spec => spec with
    {
        Layer = spec.Layer with { Relative = RelativePositions.Buckets, DistanceBuckets = 32 },
        Embedding = spec.Embedding with { PositionRule = PositionRule.AfterPadding, PadTokenId = 1, TokenTypes = 0 },
        Head = new HeadSpec { Kind = HeadKind.TokenClassification, Labels = new(["O", "B-PER", "I-PER"]) },
    });

    /// <summary>ELECTRA's generator: tables narrower than the layers, distances times queries and keys.</summary>
    public static Manifest Electra { get; } = Variant("electra", "ElectraForMaskedLM", spec => spec with
    {
        Layer = spec.Layer with { Relative = RelativePositions.KeyQuery },
        Embedding = spec.Embedding with { Width = 24, PositionTable = PositionTable.None },
        Head = new HeadSpec { Kind = HeadKind.MaskedLanguageModel, Activation = Activation.GeluErf },
    });

    private static Manifest Variant(string family, string architecture, Func<ModelSpec, ModelSpec> change) =>
        Of(change(Encoder(family, architecture, hidden: 48, layers: 2, heads: 3, feedForward: 96, vocabulary: 101) with { Family = family }));

    /// <summary>A manifest around a spec, with sizes that fit it.</summary>
    public static Manifest Of(ModelSpec spec) => new()
    {
        Spec = spec,
        ContentHash = new string('0', 64),
        FileBytes = WeightPlanner.Plan(spec).End,
        TokenizerBytes = 0,
        Parameters = 1,
        SourceDtype = "fp32",
    };

    /// <summary>A bare BERT encoder.</summary>
    public static ModelSpec Encoder(string name, string architecture, int hidden, int layers, int heads, int feedForward, int vocabulary) => new()
    {
        Name = name,
        Family = "bert",
        Architecture = architecture,
        Hidden = hidden,
        Layers = layers,
        Layer = new LayerSpec { Heads = heads, HeadSize = hidden / heads, FeedForward = feedForward, Activation = Activation.GeluErf, Epsilon = 1e-12 },
        Embedding = new EmbeddingSpec { Vocabulary = vocabulary, Width = hidden, Positions = 512, TokenTypes = 2, PadTokenId = 0, Epsilon = 1e-12 },
        HasPooler = false,
        Head = HeadSpec.None,
        MaxTokens = 512,
    };
}
