using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// EuroBERT (Boizard et al. 2025, arXiv:2503.05500): an encoder built as today's decoders are, with RMS norms before each block, rotary positions, gated
/// feed-forward networks and keys that several heads share (<c>models/eurobert/modeling_eurobert.py</c>).
/// </summary>
public static class EuroBertFamily
{
    private const string Pooling = "classifier_pooling";
    private const double DefaultTheta = 10_000;

    private static HeadPart Classifier { get; } = HeadPart.FirstTokenClassifier("dense", Activation.GeluErf, "classifier");

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = new()
    {
        ModelType = "eurobert",
        Prefix = "model.",
        Config = new ConfigNames { HeadSize = "head_dim", Epsilon = "rms_norm_eps", DefaultEpsilon = 1e-5, DefaultActivation = "silu", TiesWordsByDefault = false },
        WordTable = "embed_tokens",
        QueryKeyValue = new(["layers.{layer}.self_attn.q_proj", "layers.{layer}.self_attn.k_proj", "layers.{layer}.self_attn.v_proj"]),
        AttentionOutput = "layers.{layer}.self_attn.o_proj",
        AttentionNorm = "layers.{layer}.input_layernorm",
        Intermediate = new(["layers.{layer}.mlp.gate_proj", "layers.{layer}.mlp.up_proj"]),
        Output = "layers.{layer}.mlp.down_proj",
        OutputNorm = "layers.{layer}.post_attention_layernorm",
        FinalNorm = "norm",
        DefaultPadTokenId = 128_001,
        Read = Read,
        Architectures = new([
            new("EuroBertModel"),
            new("EuroBertForMaskedLM", HeadKind.MaskedLanguageModel, new HeadPart
            {
                Name = "Decoder",
                From = HeadInput.EachToken,
                Scores = "lm_head",
                IsTied = true,
                Columns = HeadColumns.Vocabulary,
                Outputs = new(["logits"]),
            }),
            new("EuroBertForSequenceClassification", HeadKind.SequenceClassification, Classifier),
            new("EuroBertForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier)]),
        IgnoredTensors = new(["rotary_emb.inv_freq"]),
    };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        const string keys = "num_key_value_heads";
        int keyHeads = fields.OptionalInt(keys, config.Heads, 1, ConfigLimits.Heads);
        if (config.Heads % keyHeads != 0)
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(keys), $"'num_attention_heads' ({config.Heads}) is not a multiple of '{keys}' ({keyHeads})");
            return config;
        }

        bool attentionBias = fields.OptionalBool("attention_bias", false);
        bool networkBias = fields.OptionalBool("mlp_bias", false);
        RotarySpec rotary = RotaryReader.Read(fields, DefaultTheta);
        config = config.WithLayers(layer => layer with
        {
            KeyValueHeads = keyHeads == config.Heads ? 0 : keyHeads,
            Rotary = rotary,
            IsGated = true,
            Norm = NormKind.RmsNorm,
            NormPlacement = NormPlacement.BeforeBlock,
            HasAttentionBias = attentionBias,
            HasAttentionOutputBias = attentionBias,
            HasIntermediateBias = networkBias,
            HasOutputBias = networkBias,
        });
        return ReadHead(fields, config, networkBias) with { FinalNorm = NormKind.RmsNorm };
    }

    private static ModelConfig ReadHead(ConfigFields fields, ModelConfig config, bool networkBias)
    {
        string pools = fields.OptionalText(Pooling, "late");
        if (pools is not ("late" or "mean" or "bos")) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(Pooling), $"'{Pooling}': '{ConfigReader.Shorten(pools)}' is not supported (supported: late, mean, bos)");
        return config.WithParts(part => part switch
        {
            { Columns: HeadColumns.Vocabulary } => part with { HasBias = networkBias },
            { From: HeadInput.FirstToken } when pools == "late" => part with { From = HeadInput.EachToken, AveragesScores = true },
            { From: HeadInput.FirstToken } when pools == "mean" => part with { From = HeadInput.MeanToken },
            _ => part,
        });
    }
}
