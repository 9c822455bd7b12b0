using System.Text;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers.Json;

namespace BertCompiler.Compiler.Tests.Config;

/// <summary>What fields of config.json mean, beyond the files of golden/models and golden/hostile.</summary>
public sealed class ConfigReaderTest
{
    private const string Sizes = """
        "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 1, "intermediate_size": 12, "vocab_size": 20, "max_position_embeddings": 10
        """;

    [Fact]
    public void What_is_left_out_has_the_default_of_transformers()
    {
        ModelConfig config = Read($$"""{"model_type": "bert", {{Sizes}}}""", out IReadOnlyList<Problem> problems)!;
        Assert.Empty(problems);
        Assert.Equal(("BertModel", HeadKind.None), (config.Rule.Architecture, config.Rule.Head));
        Assert.Equal((2, 0, 1e-12, Activation.GeluErf), (config.TokenTypes, config.PadTokenId, config.Epsilon, config.Activation));
        Assert.Equal(["LABEL_0", "LABEL_1"], config.Labels);
    }

    [Fact]
    public void Without_any_name_bert_is_assumed_with_a_warning()
    {
        Assert.NotNull(Read($$"""{ {{Sizes}} }""", out IReadOnlyList<Problem> problems));
        Assert.Equal(Severity.Warning, Assert.Single(problems).Severity);
    }

    [Fact]
    public void The_oldest_files_name_a_class_only()
    {
        ModelConfig config = Read($$"""{"architectures": ["BertForQuestionAnswering"], {{Sizes}}}""", out IReadOnlyList<Problem> problems)!;
        Assert.Empty(problems);
        Assert.Equal(HeadKind.QuestionAnswering, config.Rule.Head);
        Assert.Equal("roberta", Read($$"""{"architectures": ["RobertaModel"], {{Sizes}}}""", out problems)!.Family.ModelType);
        Assert.Null(Read($$"""{"architectures": ["BartModel"], {{Sizes}}}""", out problems));
        Assert.Equal(ProblemKinds.ConfigUnsupported, problems[0].Kind);
    }

    [Fact]
    public void Null_counts_as_absent_where_transformers_writes_it()
    {
        Assert.NotNull(Read($$"""{"model_type": "bert", "architectures": null, "pad_token_id": null, "id2label": null, "num_labels": null, "pruned_heads": null, "is_decoder": null, {{Sizes}}}""", out IReadOnlyList<Problem> problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"regression\"", Core.Spec.ProblemType.Regression)]
    [InlineData("\"single_label_classification\"", Core.Spec.ProblemType.SingleLabel)]
    [InlineData("\"multi_label_classification\"", Core.Spec.ProblemType.MultiLabel)]
    public void Problem_types_are_those_of_transformers(string written, Core.Spec.ProblemType? expected)
    {
        ModelConfig config = Read($$"""{"architectures": ["BertForSequenceClassification"], "problem_type": {{written}}, {{Sizes}}}""", out IReadOnlyList<Problem> problems)!;
        Assert.Empty(problems);
        Assert.Equal(expected, config.ProblemType);
    }

    [Fact]
    public void Every_activation_has_a_name()
    {
        IEnumerable<Activation> torch = TorchActivations.All.Select(n => TorchActivations.Find("torch.nn.modules.activation." + n)!.Value);
        Activation[] named = [.. ActivationNames.All.Select(n => ActivationNames.Find(n)!.Value).Concat(torch).Distinct().Order()];
        Assert.Equal(Enum.GetValues<Activation>().Order(), named);
        Assert.Null(ActivationNames.Find("GELU"));
        Assert.Null(TorchActivations.Find("os.Tanh"));
        Assert.Null(TorchActivations.Find("torch.nn.modules.activation.tanh"));
    }

    [Theory]
    [InlineData("\"problem_type\": \"ranking\"", "config_unsupported", "problem_type")]
    [InlineData("\"problem_type\": 1", "config_wrong_type", "problem_type")]
    [InlineData("\"pad_token_id\": 20", "config_out_of_range", "pad_token_id")]
    [InlineData("\"pad_token_id\": -1", "config_out_of_range", "pad_token_id")]
    [InlineData("\"layer_norm_eps\": 0", "config_out_of_range", "layer_norm_eps")]
    [InlineData("\"layer_norm_eps\": 1e400", "config_out_of_range", "layer_norm_eps")]
    [InlineData("\"layer_norm_eps\": \"1e-12\"", "config_wrong_type", "layer_norm_eps")]
    [InlineData("\"type_vocab_size\": 1e1", "config_wrong_type", "type_vocab_size")]
    [InlineData("\"architectures\": \"BertModel\"", "config_wrong_type", "architectures")]
    [InlineData("\"architectures\": [1]", "config_wrong_type", "architectures")]
    [InlineData("\"is_decoder\": \"no\"", "config_wrong_type", "is_decoder")]
    [InlineData("\"add_cross_attention\": true", "config_unsupported", "add_cross_attention")]
    [InlineData("\"quantization_config\": {\"bits\": 4}", "config_unsupported", "quantization_config")]
    [InlineData("\"position_embedding_type\": \"rotary\"", "config_unsupported", "rotary")]
    [InlineData("\"position_embedding_type\": 1", "config_wrong_type", "position_embedding_type")]
    [InlineData("\"num_labels\": 1000000000", "config_out_of_range", "num_labels")]
    [InlineData("\"num_labels\": 0", "config_out_of_range", "num_labels")]
    [InlineData("\"id2label\": [\"a\"]", "config_wrong_type", "id2label")]
    [InlineData("\"id2label\": {\"0\": 1}", "config_wrong_type", "id2label.0")]
    [InlineData("\"id2label\": {\"0\": \"a\", \"00\": \"b\"}", "config_inconsistent", "id2label")]
    [InlineData("\"id2label\": {\"-1\": \"a\"}", "config_inconsistent", "id2label")]
    [InlineData("\"id2label\": {\"\": \"a\"}", "config_inconsistent", "id2label")]
    [InlineData("\"id2label\": {\"99999999999999999999\": \"a\"}", "config_inconsistent", "id2label")]
    public void Fault_is_named(string field, string problemClass, string word)
    {
        Assert.Null(Read($$"""{"model_type": "bert", {{field}}, {{Sizes}}}""", out IReadOnlyList<Problem> problems));
        Problem problem = Assert.Single(problems);
        Assert.Equal(problemClass, problem.Kind.Class);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        Read("""{"model_type": "bert", "hidden_size": "8", "num_attention_heads": 0, "hidden_act": "x", "vocab_size": 5}""", out IReadOnlyList<Problem> problems);
        Assert.Equal(
            ["config_missing_field", "config_missing_field", "config_missing_field", "config_out_of_range", "config_unsupported", "config_wrong_type"],
            problems.Select(p => p.Kind.Class).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_class_can_be_asked_for()
    {
        ConfigNode root = Parse($$"""{"model_type": "bert", "architectures": ["BertForFooBar"], {{Sizes}}}""");
        var problems = new ProblemList();
        Assert.Equal("BertForMaskedLM", ConfigReader.Read(root, "config.json", "BertForMaskedLM", encoderOnly: false, problems)!.Rule.Architecture);
        Assert.Equal("BertModel", ConfigReader.Read(root, "config.json", null, encoderOnly: true, problems)!.Rule.Architecture);
        Assert.Empty(problems.Items);
        Assert.Null(ConfigReader.Read(root, "config.json", "GptModel", encoderOnly: false, problems));
    }

    private static ModelConfig? Read(string json, out IReadOnlyList<Problem> problems)
    {
        var list = new ProblemList();
        ModelConfig? config = ConfigReader.Read(Parse(json), "config.json", head: null, encoderOnly: false, list);
        problems = list.Items;
        return config;
    }

    private static ConfigNode Parse(string json) => JsonDocumentReader.Parse(Encoding.UTF8.GetBytes(json), new JsonSource("config.json", ProblemKinds.ConfigMalformed));
}
