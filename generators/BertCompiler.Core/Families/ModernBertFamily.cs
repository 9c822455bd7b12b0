using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// ModernBERT (Warner et al. 2024, arXiv:2412.13663): norms before each block, rotary positions, gated GELU, hardly a bias, and layers in turn, of which
/// one in three attends to the whole text and the others to what is near (<c>models/modernbert/modeling_modernbert.py</c>).
/// </summary>
public static class ModernBertFamily
{
    private const string LayerTypes = "layer_types";
    private const string Full = "full_attention";
    private const string Sliding = "sliding_attention";
    private const int DefaultGlobalEvery = 3;
    private const int DefaultLocalAttention = 128;
    private const double DefaultGlobalTheta = 160_000;
    private const double DefaultLocalTheta = 10_000;

    /// <summary>Dense layer, activation and norm come before the scores of every head.</summary>
    private static HeadPart Classifier { get; } = HeadPart.FirstTokenClassifier("head.dense", Activation.GeluErf, "classifier") with { Norm = "head.norm" };

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = new()
    {
        ModelType = "modernbert",
        Prefix = "model.",
        Config = new ConfigNames { Activation = "hidden_activation", Epsilon = "norm_eps", DefaultEpsilon = 1e-5 },
        WordTable = "embeddings.tok_embeddings",
        EmbeddingNorm = "embeddings.norm",
        QueryKeyValue = new(["layers.{layer}.attn.Wqkv"]),
        AttentionOutput = "layers.{layer}.attn.Wo",
        AttentionNorm = "layers.{layer}.attn_norm",
        Intermediate = new([new TensorStem("layers.{layer}.mlp.Wi", 0, 2), new TensorStem("layers.{layer}.mlp.Wi", 1, 2)]),
        Output = "layers.{layer}.mlp.Wo",
        OutputNorm = "layers.{layer}.mlp_norm",
        FinalNorm = "final_norm",
        DefaultPadTokenId = 50_283,
        Read = Read,
        Architectures = new([
            new("ModernBertModel"),
            new("ModernBertForMaskedLM", HeadKind.MaskedLanguageModel, Classifier with { Name = "Decoder", From = HeadInput.EachToken, Scores = "decoder", IsTied = true, Columns = HeadColumns.Vocabulary }),
            new("ModernBertForSequenceClassification", HeadKind.SequenceClassification, Classifier),
            new("ModernBertForTokenClassification", HeadKind.TokenClassification, Classifier with { From = HeadInput.EachToken }),
            new("ModernBertForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span with { Dense = Classifier.Dense, Activation = Classifier.Activation, Norm = Classifier.Norm, Scores = "classifier" }),
            new("ModernBertForMultipleChoice", HeadKind.MultipleChoice, Classifier with { Columns = HeadColumns.One })]),
        IgnoredTensors = default,
    };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        NormKind norm = fields.OptionalBool("norm_bias", false) ? NormKind.LayerNorm : NormKind.LayerNormWithoutShift;
        bool attentionBias = fields.OptionalBool("attention_bias", false);
        bool networkBias = fields.OptionalBool("mlp_bias", false);
        LayerSpec layer = config.Layers.First with
        {
            IsGated = true,
            Norm = norm,
            NormPlacement = NormPlacement.BeforeBlock,
            HasAttentionBias = attentionBias,
            HasAttentionOutputBias = attentionBias,
            HasIntermediateBias = networkBias,
            HasOutputBias = networkBias,
        };
        RotaryReader.RefuseScaling(fields, "rope_scaling");
        ConfigFields? rotary = fields.Child("rope_parameters");
        LayerSpec global = layer with { Rotary = Rotary(fields, rotary, Full, "global_rope_theta", DefaultGlobalTheta) };
        LayerSpec local = layer with
        {
            Rotary = Rotary(fields, rotary, Sliding, "local_rope_theta", DefaultLocalTheta),
            Window = fields.OptionalInt("local_attention", DefaultLocalAttention, 1, ConfigLimits.Positions) / 2,
        };
        LayerSpec[] layers = [.. Kinds(fields, config.LayerCount).Select(isLocal => isLocal ? local : global)];
        layers[0] = layers[0] with { NormalizesAttentionInput = false };
        return ReadHead(fields, config, norm) with
        {
            Layers = LayerSchedule.Of(layers),
            FinalNorm = norm,
            Embedding = config.Embedding with { Norm = norm },
        };
    }

    private static RotarySpec Rotary(ConfigFields fields, ConfigFields? parameters, string kind, string name, double otherwise)
    {
        ConfigFields? own = parameters?.Child(kind);
        if (parameters is not null && parameters.Find(kind) is null) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find("rope_parameters"), $"'rope_parameters' has no '{kind}': each kind of layer has its own");
        if (own is not null) RotaryReader.RefuseScaling(own);
        double theta = own is not null ? RotaryReader.ReadTheta(own, "rope_theta", otherwise) : RotaryReader.ReadTheta(fields, name, otherwise);
        return new RotarySpec(theta, RotaryPairing.RotaryHalves, RotatesValues: false, RotaryTable.RoundedSteps);
    }

    /// <summary>For each layer whether it attends to what is near alone.</summary>
    private static IEnumerable<bool> Kinds(ConfigFields fields, int count)
    {
        if (fields.Find(LayerTypes) is not { } types)
        {
            int every = fields.OptionalInt("global_attn_every_n_layers", DefaultGlobalEvery, 1, ConfigLimits.Layers);
            return Enumerable.Range(0, count).Select(layer => layer % every != 0);
        }

        bool isKnown = types.Kind == ConfigNodeKind.List && types.Items.All(t => t is { Kind: ConfigNodeKind.Text, Text: Full or Sliding });
        if (!isKnown) fields.Error(ProblemKinds.ConfigUnsupported, types, $"'{LayerTypes}': expected a list of '{Full}' and '{Sliding}'");
        else if (types.Items.Count != count) fields.Error(ProblemKinds.ConfigInconsistent, types, $"'{LayerTypes}' names {types.Items.Count} layers, and 'num_hidden_layers' is {count}");
        else return types.Items.Select(t => t.Text == Sliding);
        return Enumerable.Repeat(false, count);
    }

    private static ModelConfig ReadHead(ConfigFields fields, ModelConfig config, NormKind norm)
    {
        const string pooling = "classifier_pooling";
        Activation activation = ConfigReader.ReadActivation(fields, "classifier_activation");
        bool denseBias = fields.OptionalBool("classifier_bias", false);
        bool decoderBias = fields.OptionalBool("decoder_bias", true);
        string pools = fields.OptionalText(pooling, "cls");
        if (pools is not ("cls" or "mean")) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(pooling), $"'{pooling}': '{ConfigReader.Shorten(pools)}' is not supported (supported: cls, mean)");
        return config.WithParts(part => part with
        {
            Activation = activation,
            NormKind = norm,
            HasDenseBias = denseBias,
            HasBias = part.Columns != HeadColumns.Vocabulary || decoderBias,
            From = part.From == HeadInput.FirstToken && pools == "mean" ? HeadInput.MeanToken : part.From,
        });
    }
}
