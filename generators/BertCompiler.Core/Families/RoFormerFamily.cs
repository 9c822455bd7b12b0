using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// RoFormer (Su et al. 2021, arXiv:2104.09864): BERT with rotary positions in place of a position table, which neighbouring numbers of a head share
/// (<c>models/roformer/modeling_roformer.py</c>).
/// </summary>
public static class RoFormerFamily
{
    private const double Theta = 10_000;

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "roformer",
        Prefix = "roformer.",
        Config = new ConfigNames { EmbeddingWidth = "embedding_size" },
        PositionTable = "",
        DistanceTable = null,
        EmbeddingProjection = "embeddings_project",
        RotaryTable = "encoder.embed_positions",
        Pooler = null,
        Architectures = new([
            new("RoFormerModel"),
            new("RoFormerForMaskedLM", HeadKind.MaskedLanguageModel, BertFamily.MaskedLanguageModel with { DenseIsEmbeddingWide = true }),
            new("RoFormerForSequenceClassification", HeadKind.SequenceClassification, HeadPart.FirstTokenClassifier("classifier.dense", Activation.GeluErf, "classifier.out_proj") with { Activation = null }),
            new("RoFormerForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("RoFormerForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span)]),
        Read = Read,
    };

    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        bool rotatesValues = fields.OptionalBool("rotary_value", false);
        return config.WithLayers(layer => layer with { Rotary = new RotarySpec(Theta, RotaryPairing.RotaryPairs, rotatesValues, RotaryTable.Stored) });
    }
}
