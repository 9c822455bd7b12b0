using System.Text;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
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
    ];

    private static readonly string[] Values =
    [
        "\"BertForSequenceClassification\"", "\"DistilBertModel\"", "\"MPNetModel\"", "\"ElectraForPreTraining\"", "\"RobertaForMaskedLM\"", "\"XLMRobertaModel\"", "\"CamembertModel\"", "\"bert\"",
        "\"distilbert\"", "\"mpnet\"", "\"electra\"", "\"roberta\"", "\"gelu_new\"", "\"relative_key_query\"", "\"regression\"", "{\"0\": \"a\", \"1\": \"b\"}", "{\"a\": 0}", "[[[[[[[[[[", "NaN", "{}", "[]",
    ];

    public string Name => "config";

    public IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(Tiny()), .. GoldenSeeds.Find("models", "", "config.json", 200), .. GoldenSeeds.Find("hostile", "config_", "config.json")];

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
        Assert.Equal(config.LayerCount, config.Layers.Count);
        Assert.InRange(config.LayerCount, 1, ConfigLimits.Layers);
        Assert.InRange(config.PadTokenId, 0, config.Vocabulary - 1);
        Assert.DoesNotContain(config.Labels, l => l is null);
    }

    public void Dispose()
    {
        // Nothing is held.
    }

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
