using System.Text;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests;

/// <summary>Models as an import would read them out of a config.json; no checkpoint is behind them.</summary>
internal static class SampleFamilies
{
    private const string Sizes = """
        "hidden_size": 48, "num_attention_heads": 3, "num_hidden_layers": 4, "intermediate_size": 96, "vocab_size": 101, "max_position_embeddings": 40, "pad_token_id": 1
        """;

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["modernbert"] = "\"architectures\": [\"ModernBertForSequenceClassification\"], \"classifier_pooling\": \"mean\", \"local_attention\": 8, \"id2label\": {\"0\": \"no\", \"1\": \"yes\"}",
        ["modernbert-biases"] = "\"model_type\": \"modernbert\", \"architectures\": [\"ModernBertForMaskedLM\"], \"norm_bias\": true, \"attention_bias\": true, \"mlp_bias\": true, \"classifier_bias\": true, \"decoder_bias\": false",
        ["albert"] = "\"architectures\": [\"AlbertForPreTraining\"], \"embedding_size\": 24, \"num_hidden_groups\": 2, \"inner_group_num\": 2",
        ["albert-one-group"] = "\"model_type\": \"albert\", \"architectures\": [\"AlbertForQuestionAnswering\"], \"embedding_size\": 24",
        ["deberta-v2"] = "\"architectures\": [\"DebertaV2ForMaskedLM\"], \"relative_attention\": true, \"pos_att_type\": \"c2p|p2c\", \"position_buckets\": 8, \"norm_rel_ebd\": \"layer_norm\", \"conv_kernel_size\": 3, \"conv_groups\": 2, \"embedding_size\": 24",
        ["deberta-v3"] = "\"model_type\": \"deberta-v2\", \"architectures\": [\"DebertaV2ForMaskedLM\"], \"legacy\": false, \"relative_attention\": true, \"pos_att_type\": \"c2p\", \"share_att_key\": true, \"position_biased_input\": false",
        ["ernie"] = "\"architectures\": [\"ErnieForTokenClassification\"], \"use_task_id\": true",
        ["data2vec-text"] = "\"architectures\": [\"Data2VecTextForSequenceClassification\"]",
        ["megatron-bert"] = "\"architectures\": [\"MegatronBertForPreTraining\"]",
        ["roberta-prelayernorm"] = "\"architectures\": [\"RobertaPreLayerNormForMaskedLM\"]",
        ["xlm-roberta-xl"] = "\"architectures\": [\"XLMRobertaXLModel\"]",
        ["roformer"] = "\"architectures\": [\"RoFormerForSequenceClassification\"], \"rotary_value\": true, \"embedding_size\": 24",
        ["eurobert"] = "\"architectures\": [\"EuroBertForSequenceClassification\"], \"num_key_value_heads\": 1, \"head_dim\": 12, \"attention_bias\": true, \"mlp_bias\": true",
        ["nomic_bert"] = "\"architectures\": [\"NomicBertForSequenceClassification\"], \"head_dim\": 8",
        ["gte"] = "\"architectures\": [\"GteForMaskedLM\"], \"type_vocab_size\": 0",
        ["new"] = "\"architectures\": [\"NewForTokenClassification\"]",
        ["jina_embeddings_v3"] = "\"architectures\": [\"JinaEmbeddingsV3ForSequenceClassification\"]",
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Fields.Keys;

    /// <summary>Layers in turn, local and global; rotary positions, gates, no biases; classified by the mean.</summary>
    public static Manifest ModernBert => Of("modernbert");

    /// <summary>The manifest of one of them.</summary>
    public static Manifest Of(string name)
    {
        string fields = Fields[name];
        string type = fields.Contains("model_type", StringComparison.Ordinal) ? "" : $"\"model_type\": \"{name}\",";
        return OfConfig(name, $"{{ {type} {fields}, {Sizes} }}");
    }

    /// <summary>The manifest of the model that a config.json describes, whose checkpoint has every tensor that it can have.</summary>
    public static Manifest OfConfig(string name, string json)
    {
        var problems = new ProblemList();
        ConfigNode root = JsonDocumentReader.Parse(Encoding.UTF8.GetBytes(json), new JsonSource("config.json", ProblemKinds.ConfigMalformed));
        ModelConfig? config = ConfigReader.Read(root, "config.json", head: null, encoderOnly: false, problems);
        Assert.Empty(problems.Items);
        ModelSpec spec = SpecBuilder.Build(name, config!, _ => true, sentence: null, tokenizer: null, maxTokens: 40);
        WeightPlan weights = WeightPlanner.Plan(spec, config!.Family, config.Rule).Layout;
        return new()
        {
            Spec = spec,
            Weights = weights,
            ContentHash = new string('0', 64),
            FileBytes = weights.End,
            TokenizerBytes = 0,
            Parameters = 1,
            SourceDtype = "fp32",
        };
    }
}
