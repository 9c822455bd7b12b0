using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Families;

/// <summary>
/// ALBERT (Lan et al. 2020, arXiv:1909.11942): layers that share their weights by groups, tables narrower than the layers, and sentence order in
/// place of next sentence prediction (<c>models/albert/modeling_albert.py</c>).
/// </summary>
public static class AlbertFamily
{
    private const string Groups = "num_hidden_groups";
    private const string InnerLayers = "inner_group_num";
    private const string Layer = "encoder.albert_layer_groups.{group}.albert_layers.{inner}.";

    /// <summary>Of the two names of its bias, <c>decoder.bias</c> counts if both are there.</summary>
    private static readonly HeadPart MaskedLanguageModel = new()
    {
        Name = "Decoder",
        From = HeadInput.EachToken,
        Dense = "predictions.dense",
        Norm = "predictions.LayerNorm",
        DenseIsEmbeddingWide = true,
        Scores = "predictions.decoder",
        BiasElsewhere = "predictions.bias",
        IsTied = true,
        Columns = HeadColumns.Vocabulary,
        Outputs = new(["logits"]),
    };

    private static readonly HeadPart SentenceOrder = new()
    {
        Name = "SentenceOrder",
        From = HeadInput.Pooler,
        Scores = "sop_classifier.classifier",
        Columns = HeadColumns.Two,
        Outputs = new(["sop_logits"]),
    };

    /// <summary>Names and rules.</summary>
    public static Family Description { get; } = BertFamily.Description with
    {
        ModelType = "albert",
        Prefix = "albert.",
        Config = new ConfigNames
        {
            EmbeddingWidth = "embedding_size",
            DefaultEmbeddingWidth = 128,
            DefaultActivation = "gelu_new",
            LayerGroups = Groups,
            LayersInGroup = InnerLayers,
        },
        EmbeddingProjection = "encoder.embedding_hidden_mapping_in",
        QueryKeyValue = new([Layer + "attention.query", Layer + "attention.key", Layer + "attention.value"]),
        DistanceTable = null,
        AttentionOutput = Layer + "attention.dense",
        AttentionNorm = Layer + "attention.LayerNorm",
        Intermediate = new([Layer + "ffn"]),
        Output = Layer + "ffn_output",
        OutputNorm = Layer + "full_layer_layer_norm",
        Pooler = "pooler",
        Read = Read,
        Architectures = new([
            new("AlbertModel"),
            new("AlbertForPreTraining", HeadKind.SentenceOrder, new EquatableArray<HeadPart>([
                MaskedLanguageModel with { Outputs = new(["prediction_logits"]) },
                SentenceOrder])),
            new("AlbertForMaskedLM", HeadKind.MaskedLanguageModel, MaskedLanguageModel),
            new("AlbertForSequenceClassification", HeadKind.SequenceClassification, HeadPart.PooledClassifier),
            new("AlbertForTokenClassification", HeadKind.TokenClassification, HeadPart.TokenClassifier),
            new("AlbertForQuestionAnswering", HeadKind.QuestionAnswering, HeadPart.Span),
            new("AlbertForMultipleChoice", HeadKind.MultipleChoice, HeadPart.PooledClassifier with { Columns = HeadColumns.One })]),
    };

    /// <summary>Layer i runs the layers of group ⌊i/(L/G)⌋, one after the other; the quotient is rounded to float64, as Python rounds it.</summary>
    private static ModelConfig Read(ConfigFields fields, ModelConfig config)
    {
        int groups = fields.OptionalInt(Groups, 1, 1, ConfigLimits.Layers);
        int inner = fields.OptionalInt(InnerLayers, 1, 1, Math.Max(ConfigLimits.Layers / config.LayerCount, 1));
        double layersInGroup = (double)config.LayerCount / groups;
        int[] groupOfLayer = [.. Enumerable.Range(0, config.LayerCount).Select(i => (int)(i / layersInGroup))];
        if (groupOfLayer.Distinct().Count() != groups)
        {
            fields.Error(ProblemKinds.ConfigInconsistent, fields.Find(Groups), $"'{Groups}' ({groups}) leaves groups without a layer: '{config.Family.Config.Layers}' is {config.LayerCount}");
            return config;
        }

        return config with
        {
            Embedding = config.Embedding with { IsProjected = true },
            Layers = config.Layers with
            {
                Uses = new(groupOfLayer.SelectMany(group => Enumerable.Range(0, inner).Select(j => new LayerUse(0, (group * inner) + j)))),
                SetsInGroup = inner,
            },
        };
    }
}
