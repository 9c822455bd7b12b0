using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>config.json.</summary>
internal sealed class ConfigTarget : IFuzzTarget
{
    private static readonly string[] Fields =
    [
        "hidden_size", "num_attention_heads", "num_hidden_layers", "intermediate_size", "vocab_size", "max_position_embeddings", "type_vocab_size", "hidden_act", "layer_norm_eps", "pad_token_id",
        "architectures", "model_type", "id2label", "label2id", "num_labels", "problem_type", "pruned_heads", "position_embedding_type", "dim", "n_heads", "n_layers", "hidden_dim", "activation",
        "sinusoidal_pos_embds", "embedding_size", "relative_attention_num_buckets", "tie_word_embeddings", "is_decoder", "add_cross_attention", "auto_map", "attention_probs_dropout_prob",
        "num_hidden_groups", "inner_group_num", "relative_attention", "pos_att_type", "norm_rel_ebd", "position_buckets", "max_relative_positions", "share_att_key", "position_biased_input", "legacy",
        "pooler_hidden_act", "pooler_hidden_size", "attention_head_size", "conv_kernel_size", "conv_groups", "conv_act", "use_task_id", "task_type_vocab_size", "rotary_value", "layer_types",
        "global_attn_every_n_layers", "local_attention", "rope_parameters", "full_attention", "sliding_attention", "rope_type", "rope_theta", "rope_scaling", "partial_rotary_factor", "global_rope_theta",
        "local_rope_theta", "norm_eps", "norm_bias", "attention_bias", "mlp_bias", "classifier_bias", "decoder_bias", "classifier_pooling", "classifier_activation", "hidden_activation", "head_dim",
        "num_key_value_heads", "rms_norm_eps", "lora_adaptations",
    ];

    private static readonly string[] Values =
    [
        "\"BertForSequenceClassification\"", "\"DistilBertModel\"", "\"MPNetModel\"", "\"ElectraForPreTraining\"", "\"RobertaForMaskedLM\"", "\"XLMRobertaModel\"", "\"CamembertModel\"", "\"bert\"",
        "\"distilbert\"", "\"mpnet\"", "\"electra\"", "\"roberta\"", "\"gelu_new\"", "\"relative_key_query\"", "\"regression\"", "{\"0\": \"a\", \"1\": \"b\"}", "{\"a\": 0}", "[[[[[[[[[[", "NaN", "{}", "[]",
        .. Family.All.Select(f => $"\"{f.ModelType}\""), .. Family.All.Select(f => $"\"{f.Architectures[^1].Architecture}\""), "\"full_attention\"", "\"sliding_attention\"", "[\"full_attention\", \"sliding_attention\"]",
        "{\"rope_type\": \"yarn\", \"rope_theta\": 5}", "\"p2c|c2p\"", "[\"c2p\", \"p2c\"]", "\"layer_norm\"", "\"late\"", "\"mean\"", "0", "-1", "1", "2", "3", "1024", "1000000", "2147483647", "-2147483648",
        "9223372036854775807", "1e308", "1e-320", "true", "false", "null",
    ];

    public string Name => "config";

    public IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(Tiny()), .. GoldenSeeds.Find("models", "", "config.json", 200), .. GoldenSeeds.Find("models_beyond", "", "config.json", 200), .. Family.All.Select(Small), .. GoldenSeeds.Find("hostile", "config_", "config.json")];

    public IReadOnlyList<byte[]> Words { get; } = [.. Fields.Select(f => Encoding.UTF8.GetBytes($"\"{f}\": ")), .. Values.Select(Encoding.UTF8.GetBytes)];

    public IFuzzGrammar Grammar => JsonGrammar.Instance;

    public int BoundedRuns => 20_000;

    public void Run(byte[] input)
    {
        var problems = new ProblemList();
        ModelConfig? config;
        try
        {
            ConfigNode root = JsonDocumentReader.Parse(input, new JsonSource("config.json", ProblemKinds.ConfigMalformed));
            config = ConfigReader.Read(root, "config.json", head: null, encoderOnly: false, problems);
        }
        catch (ImportException)
        {
            return;
        }

        Assert.Equal(problems.HasErrors, config is null);
        if (config is null) return;
        Assert.InRange(config.Hidden, 1, ConfigLimits.Hidden);
        Assert.InRange(config.HeadSize, 1, ConfigLimits.Hidden);
        Assert.Equal(0, config.Layers.Count % config.LayerCount);
        Assert.InRange(config.LayerCount, 1, ConfigLimits.Layers);
        Assert.InRange(config.Layers.Count, config.LayerCount, ConfigLimits.Layers);
        Assert.InRange(config.PadTokenId, 0, config.Vocabulary - 1);
        Assert.DoesNotContain(config.Labels, l => l is null);
        Plan(config);
    }

    /// <summary>What was read can be planned, whatever the checkpoint holds; the plan's manifest is one that is read back, or refused with a reason.</summary>
    private static void Plan(ModelConfig config)
    {
        const long mostNumbers = 1L << 24;
        Assert.All(config.Layers.Uses, use => Assert.InRange(use.Kind, 0, config.Layers.Kinds.Count - 1));
        if ((long)config.LayerCount * config.Layers.Count > mostNumbers) return;
        foreach (bool hasTensor in (bool[])[true, false])
        {
            ModelSpec spec = SpecBuilder.Build("m", config, _ => hasTensor, sentence: null, tokenizer: null, maxTokens: ConfigLimits.Positions);
            PackingPlan plan = WeightPlanner.Plan(spec, config.Family, config.Rule);
            Assert.True(plan.Layout.End > 0, $"the weights end at {plan.Layout.End}");
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    /// <summary>A small model of a family with nothing but sizes.</summary>
    private static byte[] Small(Family family) => Encoding.UTF8.GetBytes($$"""
        {"model_type": "{{family.ModelType}}", "architectures": ["{{family.Architectures[^1].Architecture}}"], "{{family.Config.Hidden}}": 8, "{{family.Config.Heads}}": 2, "{{family.Config.Layers}}": 3,
        "{{family.Config.FeedForward}}": 12, "vocab_size": 20, "max_position_embeddings": 10, "pad_token_id": 1}
        """);

    private static string Tiny()
    {
        var model = new TinyModel(8, 2, 1, 12);
        model.Fields["architectures"] = """["BertForSequenceClassification"]""";
        model.Fields["id2label"] = """{"0": "no", "1": "yes", "2": "maybe"}""";
        model.Fields["hidden_act"] = "\"gelu_new\"";
        model.Fields["layer_norm_eps"] = "1e-12";
        model.Fields["pad_token_id"] = "0";
        model.Fields["pruned_heads"] = "{}";
        model.Fields["type_vocab_size"] = "2";
        return model.Config;
    }
}
