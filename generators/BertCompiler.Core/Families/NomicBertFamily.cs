using BertCompiler.Core.Config;
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
        Config = new ConfigNames { HeadSize = "head_dim", DefaultActivation = "silu" },
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
            new("NomicBertForMaskedLM", HeadKind.MaskedLanguageModel, new HeadPart
            {
                Name = "Decoder",
                From = HeadInput.EachToken,
                Dense = "cls.predictions.transform.dense",
                Norm = "cls.predictions.transform.layer_norm",
                OtherNorm = "cls.predictions.transform.LayerNorm",
                Scores = "cls.predictions.decoder",
                BiasElsewhere = "cls.predictions.bias",
                IsTied = true,
                Columns = HeadColumns.Vocabulary,
                Outputs = new(["logits"]),
            }),
            new("NomicBertForSequenceClassification", HeadKind.SequenceClassification, HeadPart.PooledClassifier),
            new("NomicBertForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier)]),
        IgnoredTensors = new(["embeddings.position_ids"]),
    });

    private static Family WithModuleNames(Family released) => released with { OtherNames = new([RotaryNames.Of(released, ["gate_proj", "up_proj"], "down_proj")]) };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
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
}
