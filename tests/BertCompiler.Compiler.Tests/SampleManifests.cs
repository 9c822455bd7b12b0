using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
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
    public static Manifest PreTraining { get; } = Of(Encoder("pre-training", "BertForPreTraining", hidden: 48, layers: 3, heads: 6, feedForward: 96, vocabulary: 101, Activation.GeluTanh) with
    {
        HasPooler = true,
        Head = new HeadSpec { Kind = HeadKind.PreTraining },
    });

    /// <summary>MPNet with a tagging head: positions behind the pad id, no token types, distances in buckets.</summary>
    public static Manifest MPNet { get; } = Variant("mpnet", "MPNetForTokenClassification", spec => spec with
    {
        Layers = Uniform(spec, layer => layer with { Relative = RelativePositions.Buckets, DistanceBuckets = 32 }),
        Embedding = spec.Embedding with { PositionRule = PositionRule.AfterPadding, PadTokenId = 1, TokenTypes = 0 },
        Head = new HeadSpec { Kind = HeadKind.TokenClassification, Labels = new(["O", "B-PER", "I-PER"]) },
    });

    /// <summary>ELECTRA's generator: tables narrower than the layers, distances times queries and keys.</summary>
    public static Manifest Electra { get; } = Variant("electra", "ElectraForMaskedLM", spec => spec with
    {
        Layers = Uniform(spec, layer => layer with { Relative = RelativePositions.KeyQuery }),
        Embedding = spec.Embedding with { Width = 24, IsProjected = true, PositionTable = PositionTable.None },
        Head = new HeadSpec { Kind = HeadKind.MaskedLanguageModel },
    });

    /// <summary>ALBERT with both heads of its pre-training: two groups of two layers, each group run twice, behind tables of another width.</summary>
    public static Manifest Albert { get; } = Variant("albert", "AlbertForPreTraining", spec => spec with
    {
        HasPooler = true,
        Layers = spec.Layers with { Uses = new([new(0, 0), new(0, 1), new(0, 0), new(0, 1), new(0, 2), new(0, 3), new(0, 2), new(0, 3)]), SetsInGroup = 2 },
        Embedding = spec.Embedding with { Width = 24, IsProjected = true },
        Head = new HeadSpec { Kind = HeadKind.SentenceOrder },
    });

    /// <summary>DeBERTa-v2: keys and queries of distances, a convolution beside the first layer, no table of positions, a classifier.</summary>
    public static Manifest DebertaV2 { get; } = Variant("deberta-v2", "DebertaV2ForSequenceClassification", spec =>
    {
        LayerSpec layer = spec.Layers.First with
        {
            ScoreTerms = 3,
            Disentangled = new DisentangledSpec { ContentToPosition = true, PositionToContent = true, SharesProjections = true, Span = 8, Buckets = 8, MaxDistance = 64, NormalizesTable = true },
        };
        return spec with
        {
            Layers = LayerSchedule.Of([layer with { Convolution = new(3, 2, Activation.GeluErf) }, layer, layer]),
            Embedding = spec.Embedding with { Width = 24, IsProjected = true, HasProjectionBias = false, NormFollowsProjection = true, Positions = 0, PositionTable = PositionTable.None, TokenTypes = 0 },
            Head = new HeadSpec { Kind = HeadKind.SequenceClassification, Labels = new(["contradiction", "neutral", "entailment"]) },
        };
    });

    private static Manifest Variant(string family, string architecture, Func<ModelSpec, ModelSpec> change) =>
        Of(change(Encoder(family, architecture, hidden: 48, layers: 2, heads: 3, feedForward: 96, vocabulary: 101) with { Family = family }));

    /// <summary>A manifest around a spec, with sizes that fit it.</summary>
    public static Manifest Of(ModelSpec spec)
    {
        spec = WithParts(spec);
        WeightPlan weights = WeightPlanner.Plan(spec, Family.Of(spec)).Layout;
        return new()
        {
            Spec = spec,
            Weights = weights,
            ContentHash = new string('0', 64),
            FileBytes = weights.End,
            TokenizerBytes = 0,
            Parameters = 1,
            SourceDtype = "fp32",
        };
    }

    /// <summary>The same with the parts that the class's head has, as an import would find them.</summary>
    private static ModelSpec WithParts(ModelSpec spec)
    {
        LayerSpec layer = spec.Layers.First;
        ArchitectureRule rule = Family.Of(spec).Rule(spec.Architecture)!;
        var config = new ModelConfig
        {
            Family = Family.Of(spec),
            Rule = rule,
            Hidden = spec.Hidden,
            Heads = layer.Heads,
            HeadSize = layer.HeadSize,
            LayerCount = spec.Layers.Count,
            Layers = spec.Layers,
            Embedding = spec.Embedding,
            FeedForward = layer.FeedForward,
            Vocabulary = spec.Embedding.Vocabulary,
            EmbeddingWidth = spec.Embedding.Width,
            Sinusoidal = false,
            TiesWords = true,
            Positions = spec.Embedding.Positions,
            TokenTypes = spec.Embedding.TokenTypes,
            PadTokenId = spec.Embedding.PadTokenId,
            Epsilon = layer.Epsilon,
            Activation = layer.Activation,
            Labels = spec.Head.Labels,
            ProblemType = null,
            LabelsLine = 0,
        };
        return spec with { Head = spec.Head with { Parts = new(rule.Parts.Select(part => SpecBuilder.Part(part, config))) } };
    }

    private static LayerSchedule Uniform(ModelSpec spec, Func<LayerSpec, LayerSpec> change) => LayerSchedule.Uniform(change(spec.Layers.First), spec.Layers.Count);

    /// <summary>A bare BERT encoder.</summary>
    public static ModelSpec Encoder(string name, string architecture, int hidden, int layers, int heads, int feedForward, int vocabulary, Activation activation = Activation.GeluErf) => new()
    {
        Name = name,
        Family = "bert",
        Architecture = architecture,
        Hidden = hidden,
        Layers = LayerSchedule.Uniform(new LayerSpec { Heads = heads, HeadSize = hidden / heads, FeedForward = feedForward, Activation = activation, Epsilon = 1e-12 }, layers),
        Embedding = new EmbeddingSpec { Vocabulary = vocabulary, Width = hidden, Positions = 512, TokenTypes = 2, PadTokenId = 0, Epsilon = 1e-12 },
        HasPooler = false,
        Head = HeadSpec.None,
        MaxTokens = 512,
    };
}
