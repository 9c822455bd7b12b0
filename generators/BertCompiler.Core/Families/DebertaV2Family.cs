using BertCompiler.Core.Config;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// DeBERTa-v2 and v3 (He et al. 2021, arXiv:2006.03654 and arXiv:2111.09543): attention that knows distances by keys and queries of their own, a
/// convolution beside the first layer (<c>models/deberta_v2/modeling_deberta_v2.py</c>).
/// </summary>
public static class DebertaV2Family
{
    private const string Layer = "encoder.layer.{layer}.";

    private static readonly HeadPart Classifier = HeadPart.FirstTokenClassifier("pooler.dense", Activation.GeluErf, "classifier");

    /// <summary>Named as BERT's; what files have unless config.json says <c>"legacy": false</c>.</summary>
    private static readonly HeadPart LegacyMaskedLanguageModel = new()
    {
        Name = "Decoder",
        From = HeadInput.EachToken,
        Dense = "cls.predictions.transform.dense",
        Norm = "cls.predictions.transform.LayerNorm",
        DenseIsEmbeddingWide = true,
        Scores = "cls.predictions.decoder",
        BiasElsewhere = "cls.predictions.bias",
        IsTied = true,
        Columns = HeadColumns.Vocabulary,
        Outputs = new(["logits"]),
    };

    /// <summary>Named as in the files of the authors; the word table is always its decoder.</summary>
    private static readonly HeadPart NewMaskedLanguageModel = LegacyMaskedLanguageModel with
    {
        Dense = "lm_predictions.lm_head.dense",
        Norm = "lm_predictions.lm_head.LayerNorm",
        DenseIsEmbeddingWide = false,
        Scores = "lm_predictions.lm_head",
        BiasElsewhere = null,
    };

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "deberta-v2",
        Prefix = "deberta.",
        Config = new ConfigNames
        {
            EmbeddingWidth = "embedding_size",
            DefaultEpsilon = 1e-7,
            DefaultTokenTypes = 0,
            LeastTokenTypes = 0,
        },
        EmbeddingProjection = "embeddings.embed_proj",
        QueryKeyValue = new([Layer + "attention.self.query_proj", Layer + "attention.self.key_proj", Layer + "attention.self.value_proj"]),
        DistanceTable = null,
        SharedDistances = "encoder.rel_embeddings",
        DistanceNorm = "encoder.LayerNorm",
        PositionKeys = Layer + "attention.self.pos_key_proj",
        PositionQueries = Layer + "attention.self.pos_query_proj",
        Convolution = "encoder.conv.conv",
        ConvolutionNorm = "encoder.conv.LayerNorm",
        Pooler = null,
        Read = DebertaV2Fields.Read,
        Architectures = new([
            new("DebertaV2Model"),
            MaskedLanguageModel(LegacyMaskedLanguageModel),
            new("DebertaV2ForSequenceClassification", HeadKind.SequenceClassification, Classifier),
            new("DebertaV2ForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("DebertaV2ForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new("DebertaV2ForMultipleChoice", HeadKind.MultipleChoice, Classifier with { Columns = HeadColumns.One })]),
        OtherHeads = new(["cls.predictions.", "lm_predictions.", "mask_predictions."]),
    };

    /// <summary>The configuration of a model whose masked language model goes by the authors' names.</summary>
    internal static ModelConfig WithNewHead(ModelConfig config)
    {
        ArchitectureRule named = MaskedLanguageModel(NewMaskedLanguageModel);
        Family family = config.Family with { Architectures = new(config.Family.Architectures.Select(rule => rule.Head == named.Head ? named : rule)) };
        return config with { Family = family, Rule = family.Rule(config.Rule.Architecture)!, TiesWords = true };
    }

    private static ArchitectureRule MaskedLanguageModel(HeadPart part) => new("DebertaV2ForMaskedLM", HeadKind.MaskedLanguageModel, part);
}
