using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// GTE (Zhang et al. 2024, arXiv:2407.19669): BERT with rotary positions and a gated feed-forward network (<c>models/gte/modeling_gte.py</c>). Released
/// files call it <c>new</c>, and so do their tensors.
/// </summary>
public static class GteFamily
{
    private const double DefaultTheta = 160_000;

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = Named("gte", "Gte");

    /// <summary>The same network under the name that released files have.</summary>
    public static Family New { get; } = Named("new", "New");

    private static Family Named(string modelType, string classes)
    {
        var released = new Family
        {
            ModelType = modelType,
            Prefix = "new.",
            Config = new ConfigNames { DefaultTokenTypes = 1, LeastTokenTypes = 0 },
            WordTable = "embeddings.word_embeddings",
            TypeTable = "embeddings.token_type_embeddings",
            EmbeddingNorm = "embeddings.LayerNorm",
            QueryKeyValue = new(["encoder.layer.{layer}.attention.qkv_proj"]),
            AttentionOutput = "encoder.layer.{layer}.attention.o_proj",
            AttentionNorm = "encoder.layer.{layer}.attn_ln",

            // The second half of the rows has the activation.
            Intermediate = new([new TensorStem("encoder.layer.{layer}.mlp.up_gate_proj", 1, 2), new TensorStem("encoder.layer.{layer}.mlp.up_gate_proj", 0, 2)]),
            Output = "encoder.layer.{layer}.mlp.down_proj",
            OutputNorm = "encoder.layer.{layer}.mlp_ln",
            Pooler = "pooler.dense",
            Read = Read,
            Architectures = new([
                new(classes + "Model"),
                new(classes + "ForMaskedLM", HeadKind.MaskedLanguageModel, HeadPart.LmHead with { OtherNorm = "lm_head.norm" }),
                new(classes + "ForSequenceClassification", HeadKind.SequenceClassification, HeadPart.PooledClassifier),
                new(classes + "ForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier)]),
            IgnoredTensors = new(["embeddings.position_ids"]),
        };
        Family modules = RotaryNames.Of(released, ["gate_proj", "up_proj"], "down_proj");
        return released with { OtherNames = new([released with { Prefix = "gte." }, modules with { Prefix = "gte." }, modules]) };
    }

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        // What only the authors' own code reads.
        ConfigReader.RefuseOther(fields, "position_embedding_type", fields.OptionalText("position_embedding_type", "rope"), "rope");
        ConfigReader.RefuseOther(fields, "layer_norm_type", fields.OptionalText("layer_norm_type", "layer_norm"), "layer_norm");
        ConfigReader.RefuseOther(fields, "logn_attention_scale", fields.OptionalBool("logn_attention_scale", false) ? "true" : "false", "false");
        RotarySpec rotary = RotaryReader.Read(fields, DefaultTheta);
        return config.WithLayers(layer => layer with { Rotary = rotary, IsGated = true, HasIntermediateBias = false });
    }
}
