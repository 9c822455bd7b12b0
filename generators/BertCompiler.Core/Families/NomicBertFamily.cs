using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// NomicBERT (Nussbaum et al. 2024, arXiv:2402.01613): BERT with rotary positions, a gated feed-forward network and products without bias
/// (<c>models/nomic_bert/modeling_nomic_bert.py</c>).
/// </summary>
public static class NomicBertFamily
{
    private const double DefaultTheta = 1000;

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = WithModuleNames(new Family
    {
        ModelType = "nomic_bert",
        Prefix = "nomic_bert.",
        Config = new ConfigNames
        {
            HeadSize = "head_dim",
            DefaultActivation = "silu",
            Aliases = new([
                new("hidden_size", "n_embd"),
                new("num_attention_heads", "n_head"),
                new("num_hidden_layers", "n_layer"),
                new("intermediate_size", "n_inner"),
                new("max_position_embeddings", "n_positions"),
                new("layer_norm_eps", "layer_norm_epsilon"),
                new("rope_theta", "rotary_emb_base")]),
        },
        WordTable = "embeddings.word_embeddings",
        TypeTable = "embeddings.token_type_embeddings",
        EmbeddingNorm = "emb_ln",
        QueryKeyValue = new(["encoder.layers.{layer}.attn.Wqkv"]),
        AttentionOutput = "encoder.layers.{layer}.attn.out_proj",
        AttentionNorm = "encoder.layers.{layer}.norm1",

        // The activation is on fc12.
        Intermediate = new(["encoder.layers.{layer}.mlp.fc12", "encoder.layers.{layer}.mlp.fc11"]),
        Output = "encoder.layers.{layer}.mlp.fc2",
        OutputNorm = "encoder.layers.{layer}.norm2",
        Pooler = "pooler.dense",
        Read = Read,
        Architectures = new([
            new("NomicBertModel"),
            new("NomicBertForMaskedLM", HeadKind.MaskedLanguageModel, BertFamily.MaskedLanguageModel with { Norm = "cls.predictions.transform.layer_norm", OtherNorm = "cls.predictions.transform.LayerNorm" }),
            new("NomicBertForSequenceClassification", HeadKind.SequenceClassification, HeadPart.PooledClassifier),
            new("NomicBertForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier)]),
        IgnoredTensors = new(["embeddings.position_ids"]),
    });

    private static Family WithModuleNames(Family released) => released with { OtherNames = new([RotaryNames.Of(released, ["gate_proj", "up_proj"], "down_proj")]) };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        RefuseOtherNetworks(fields);
        RotarySpec rotary = RotaryReader.Read(fields, DefaultTheta);
        return config.WithLayers(layer => layer with
        {
            Rotary = rotary,
            IsGated = true,
            HasAttentionBias = false,
            HasAttentionOutputBias = false,
            HasIntermediateBias = false,
            HasOutputBias = false,
        });
    }

    /// <summary>What the authors' own code can be told to compute, and no released embedder of theirs does.</summary>
    private static void RefuseOtherNetworks(ConfigFields fields)
    {
        foreach (string name in new[] { "prenorm", "rotary_emb_interleaved", "qkv_proj_bias", "mlp_fc1_bias", "mlp_fc2_bias", "use_rms_norm", "parallel_block", "causal" })
        {
            ConfigReader.RefuseOther(fields, name, fields.OptionalBool(name, false) ? "true" : "false", "false");
        }

        foreach (string name in new[] { "rotary_emb_scale_base", "rotary_scaling_factor" })
        {
            if (fields.Find(name) is { } scaling) fields.Error(ProblemKinds.ConfigUnsupported, scaling, $"'{name}': angles that are stretched for long texts are not supported (supported: null)");
        }

        RotaryReader.RefusePartial(fields, "rotary_emb_fraction");
        foreach (string name in new[] { "num_experts", "moe_every_n_layers" })
        {
            if (fields.OptionalInt(name, 0, 0, ConfigLimits.Layers) > 0) fields.Error(ProblemKinds.ConfigUnsupported, fields.Find(name), $"'{name}': layers with a mixture of experts are not supported (supported: 0)");
        }

        if (fields.Find("hidden_act") is null) ConfigReader.RefuseOther(fields, "activation_function", fields.OptionalText("activation_function", "swiglu"), "swiglu");
    }
}
