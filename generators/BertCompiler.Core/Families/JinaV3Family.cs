using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// Jina embeddings v3 (Sturua et al. 2024, arXiv:2409.10173) without its adapters: XLM-RoBERTa with rotary positions
/// (<c>models/jina_embeddings_v3/modeling_jina_embeddings_v3.py</c>).
/// </summary>
public static class JinaV3Family
{
    private const double DefaultTheta = 20_000;

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = WithModuleNames(new Family
    {
        ModelType = "jina_embeddings_v3",
        Prefix = "roberta.",
        Config = new ConfigNames { DefaultEpsilon = 1e-5, DefaultTokenTypes = 1 },
        WordTable = "embeddings.word_embeddings",
        TypeTable = "embeddings.token_type_embeddings",
        EmbeddingNorm = "emb_ln",
        QueryKeyValue = new(["encoder.layers.{layer}.mixer.Wqkv"]),
        AttentionOutput = "encoder.layers.{layer}.mixer.out_proj",
        AttentionNorm = "encoder.layers.{layer}.norm1",
        Intermediate = new(["encoder.layers.{layer}.mlp.fc1"]),
        Output = "encoder.layers.{layer}.mlp.fc2",
        OutputNorm = "encoder.layers.{layer}.norm2",
        Pooler = "pooler.dense",
        DefaultPadTokenId = 1,
        Read = Read,
        Architectures = new([
            new("JinaEmbeddingsV3Model"),
            new("JinaEmbeddingsV3ForMaskedLM", HeadKind.MaskedLanguageModel, HeadPart.LmHead),
            new("JinaEmbeddingsV3ForSequenceClassification", HeadKind.SequenceClassification, HeadPart.FirstTokenClassifier("classifier.dense", Activation.Tanh, "classifier.out_proj")),
            new("JinaEmbeddingsV3ForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("JinaEmbeddingsV3ForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span)]),
        IgnoredTensors = new(["embeddings.position_ids"]),
    });

    private static Family WithModuleNames(Family released) => released with { OtherNames = new([RotaryNames.Of(released, ["fc1"], "fc2")]) };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        if (fields.Find("lora_adaptations") is { Items.Count: > 0 } adapters) fields.Error(ProblemKinds.ConfigUnsupported, adapters, "'lora_adaptations': adapters for tasks are not supported; merge one into the weights, or give the model without them");
        RotarySpec rotary = RotaryReader.Read(fields, DefaultTheta);
        return config.WithLayers(layer => layer with { Rotary = rotary });
    }
}
