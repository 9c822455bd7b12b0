using BertCompiler.Core;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Compiler.Tests.Planning;

/// <summary>Models of every form that a plan can take, as far as one layer of each kind shows it.</summary>
internal static class SamplePlans
{
    private const int Hidden = 48;

    private static readonly LayerSpec _bert = SampleManifests.Encoder("m", "BertModel", Hidden, 1, 3, 96, 101).Layers.First;

    private static readonly LayerSpec _preNorm = _bert with { NormPlacement = NormPlacement.BeforeBlock };

    private static readonly RotarySpec _rotary = new(10_000, RotaryPairing.RotaryHalves, RotatesValues: false, RotaryTable.RoundedSteps);

    private static readonly DisentangledSpec _disentangled = new()
    {
        ContentToPosition = true,
        PositionToContent = true,
        SharesProjections = true,
        Span = 4,
        Buckets = 4,
        MaxDistance = 16,
        NormalizesTable = true,
    };

    /// <summary>A family that has a name for everything.</summary>
    public static Family Names { get; } = BertFamily.Description with
    {
        TaskTable = "tasks",
        EmbeddingProjection = "projection",
        BucketTable = "buckets",
        SharedDistances = "distances",
        DistanceNorm = "distanceNorm",
        PositionKeys = "keys.{layer}",
        PositionQueries = "queries.{layer}",
        FinalNorm = "finalNorm",
        Convolution = "convolution",
        ConvolutionNorm = "convolutionNorm",
    };

    /// <summary>Name → layers.</summary>
    private static readonly Dictionary<string, IReadOnlyList<LayerSpec>> _layers = new(StringComparer.Ordinal)
    {
        ["bert"] = [_bert, _bert],
        ["distances times queries and keys"] = [_bert with { Relative = RelativePositions.KeyQuery }],
        ["distances in buckets"] = [_bert with { Relative = RelativePositions.Buckets, DistanceBuckets = 32 }],
        ["pre-norm"] = [_preNorm, _preNorm],
        ["pre-norm, first layer without a norm, windows in turn"] =
        [
            _preNorm with { NormalizesAttentionInput = false, Rotary = _rotary with { Base = 160_000 }, IsGated = true },
            _preNorm with { Rotary = _rotary, Window = 2, IsGated = true },
            _preNorm with { Rotary = _rotary with { Base = 160_000 }, IsGated = true },
            _preNorm with { Rotary = _rotary, Window = 2, IsGated = true },
        ],
        ["RMS norm, shared keys, no biases"] =
        [
            _preNorm with
            {
                Norm = NormKind.RmsNorm, KeyValueHeads = 1, Rotary = _rotary, IsGated = true, HasAttentionBias = false, HasAttentionOutputBias = false, HasIntermediateBias = false, HasOutputBias = false,
            },
        ],
        ["post-norm, rotary, gated"] = [_bert with { Rotary = _rotary with { RotatesValues = true }, IsGated = true, Norm = NormKind.LayerNormWithoutShift }],
        ["convolution beside the first of two layers"] = [_bert with { Convolution = new(3, 1, Activation.Tanh) }, _bert],
        ["disentangled, convolution beside the first layer"] =
        [
            _bert with { Disentangled = _disentangled, ScoreTerms = 3, Convolution = new(3, 2, Activation.Tanh) },
            _bert with { Disentangled = _disentangled, ScoreTerms = 3 },
            _bert with { Disentangled = _disentangled, ScoreTerms = 3 },
        ],
    };

    /// <summary>The names.</summary>
    public static IEnumerable<string> All => [.. _layers.Keys, "shared layers"];

    /// <summary>The model of that name, with pooler, masked language model, sentence modules and every table.</summary>
    public static ModelSpec Spec(string name)
    {
        LayerSchedule layers = name == "shared layers"
            ? LayerSchedule.Uniform(_bert, 4) with { Uses = new([new(0, 0), new(0, 0), new(0, 1), new(0, 1)]) }
            : LayerSchedule.Of(_layers[name]);
        ModelSpec spec = SampleManifests.Encoder(name, "BertForPreTraining", Hidden, 1, 3, 96, 101);
        return spec with
        {
            Layers = layers,
            FinalNorm = layers.First.NormPlacement == NormPlacement.BeforeBlock ? layers.First.Norm : null,
            Embedding = spec.Embedding with { Width = 24, IsProjected = true, NormFollowsProjection = name == "pre-norm", TaskTypes = 2 },
            HasPooler = true,
            Head = new HeadSpec
            {
                Kind = HeadKind.PreTraining,
                Parts = new([
                    new HeadPartSpec { Name = "Decoder", From = HeadInput.EachToken, DenseWidth = Hidden, Norm = NormKind.LayerNorm, Epsilon = 1e-12, Columns = 101, ScoresVocabulary = true, Outputs = new(["prediction_logits"]) },
                    new HeadPartSpec { Name = "NextSentence", From = HeadInput.Pooler, Columns = 2, Outputs = new(["seq_relationship_logits"]) }]),
            },
            Sentence = new SentenceSpec
            {
                Pooling = new([PoolingMode.Mean]),
                Modules = new([
                    new DenseModule(Hidden, Hidden, HasBias: true, Activation.Tanh, DenseResidual.Identity),
                    new LayerNormModule(Hidden),
                    new DenseModule(Hidden, 20, HasBias: false, Activation.Identity, DenseResidual.Projected),
                    new NormalizeModule()]),
            },
        };
    }

    /// <summary>Where its weights lie.</summary>
    public static WeightPlan Weights(ModelSpec spec) =>
        WeightPlanner.Plan(spec, spec.Layers.First.IsGated ? Names with { Intermediate = new(["gate.{layer}", "up.{layer}"]) } : Names).Layout;
}
