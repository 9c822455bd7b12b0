using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Faults in the sentence-transformers files.</summary>
public sealed class SentenceModulesTest
{
    private const string Transformer = """{"path": "", "type": "sentence_transformers.models.Transformer"}""";
    private const string Pooling = """{"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}""";

    [Fact]
    public void Pooling_flags_default_to_the_mean()
    {
        ModelInspection model = Inspect($"[{Transformer}, {Pooling}]", "{\"pooling_mode_cls_token\": true}");
        Assert.Empty(model.Problems);
        Assert.Equal([PoolingMode.Cls, PoolingMode.Mean], model.Spec!.Sentence!.Pooling);
    }

    [Theory]
    [InlineData("{}", "{}", "config_malformed", "array")]
    [InlineData("[", "{}", "config_malformed", "modules.json")]
    [InlineData("[]", "{}", "config_unsupported", "Transformer")]
    [InlineData($"[{Transformer}]", "{}", "config_unsupported", "Pooling")]
    [InlineData($"[{Pooling}, {Transformer}]", "{}", "config_unsupported", "Pooling")]
    [InlineData($"[{Transformer}, {Pooling}, {Pooling}]", "{}", "config_unsupported", "Pooling")]
    [InlineData($$"""[{{Transformer}}, {"path": "../1_Pooling", "type": "x.Pooling"}]""", "{}", "path_escape", "../1_Pooling")]
    [InlineData($$"""[{"path": "/tmp", "type": "x.Transformer"}, {{Pooling}}]""", "{}", "path_escape", "/tmp")]
    [InlineData($$"""[{{Transformer}}, {"path": "2_Pooling", "type": "x.Pooling"}]""", "{}", "config_missing_file", "2_Pooling")]
    [InlineData($$"""[{{Transformer}}, {"path": "1_Pooling", "type": "sentence_transformers.sparse_encoder.models.Pooling"}]""", "{}", "config_unsupported", "sparse_encoder")]
    [InlineData($"[{Transformer}, {Pooling}]", "[]", "config_malformed", "object")]
    [InlineData($"[{Transformer}, {Pooling}]", "{\"word_embedding_dimension\": 384}", "config_inconsistent", "word_embedding_dimension")]
    [InlineData($"[{Transformer}, {Pooling}]", "{\"pooling_mode_mean_tokens\": false}", "config_inconsistent", "pooling mode")]
    [InlineData($"[{Transformer}, {Pooling}]", "{\"pooling_mode_mean_tokens\": 1}", "config_wrong_type", "pooling_mode_mean_tokens")]
    [InlineData($"[{Transformer}, {Pooling}]", "{\"pooling_mode\": \"median\"}", "config_unsupported", "median")]
    [InlineData($"[{Transformer}, {Pooling}]", "{\"pooling_mode\": [1]}", "config_unsupported", "pooling_mode")]
    public void Fault_is_named(string modules, string pooling, string problemClass, string word)
    {
        ModelInspection model = Inspect(modules, pooling);
        Assert.False(model.Succeeded);
        Assert.Contains(model.Problems, p => string.Equals(p.Kind.Class, problemClass, StringComparison.Ordinal) && p.ToString().Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"max_seq_length\": 5}", "{}", 5)]
    [InlineData("{\"max_seq_length\": 5000}", "{}", 10)]
    [InlineData("{\"max_seq_length\": null}", "{\"model_max_length\": 7}", 7)]
    [InlineData("{}", "{\"model_max_length\": 1000000000000000019884624838656}", 10)]
    [InlineData("{}", "{\"max_len\": 6}", 6)]
    [InlineData("{}", "{\"max_len\": 6, \"model_max_length\": 7}", 7)]
    [InlineData("{}", "{\"max_len\": 6, \"model_max_length\": null}", 10)]
    [InlineData("{}", "{}", 10)]
    public void Longest_input_is_what_sentence_transformers_takes(string transformer, string tokenizer, int expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder, $"[{Transformer}, {Pooling}]", "{}");
        File.WriteAllText(folder["sentence_bert_config.json"], transformer);
        File.WriteAllText(folder["tokenizer_config.json"], tokenizer);
        Assert.Equal(expected, ModelImporter.Inspect(folder.Path).Spec!.MaxTokens);
    }

    /// <summary>sentence-transformers has a name for each family, reads each whatever the family is, and takes the first that it finds.</summary>
    [Theory]
    [InlineData("sentence_bert_config.json")]
    [InlineData("sentence_roberta_config.json")]
    [InlineData("sentence_distilbert_config.json")]
    [InlineData("sentence_camembert_config.json")]
    [InlineData("sentence_albert_config.json")]
    [InlineData("sentence_xlm-roberta_config.json")]
    [InlineData("sentence_xlnet_config.json", "sentence_xlnet_configuration.json")]
    [InlineData("sentence_bert_config.json", "sentence_xlnet_config.json", "sentence_roberta_config.json")]
    [InlineData("sentence_distilbert_config.json", "sentence_xlm-roberta_config.json", "sentence_camembert_config.json")]
    public void Settings_of_the_transformer_have_seven_names(string read, params string[] passedOver)
    {
        using var folder = new TemporaryFolder();
        Write(folder, $"[{Transformer}, {Pooling}]", "{}");
        File.WriteAllText(folder[read], "{\"max_seq_length\": 4}");
        foreach (string name in passedOver) File.WriteAllText(folder[name], "{\"max_seq_length\": 5}");
        Assert.Equal(4, ModelImporter.Inspect(folder.Path).Spec!.MaxTokens);
    }

    [Theory]
    [InlineData("Dense", "{\"out_features\": 5}", "config_missing_field", "in_features")]
    [InlineData("Dense", "{\"in_features\": 65, \"out_features\": 5}", "config_inconsistent", "in_features")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 0}", "config_out_of_range", "out_features")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"activation_function\": \"torch.nn.modules.activation.Hardswish\"}", "config_unsupported", "Hardswish")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"activation_function\": \"os.Tanh\"}", "config_unsupported", "os.Tanh")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"activation_function\": 3}", "config_wrong_type", "activation_function")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"module_input_name\": \"token_embeddings\"}", "config_unsupported", "token_embeddings")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"bias\": 1}", "config_wrong_type", "bias")]
    [InlineData("Dense", "[]", "config_malformed", "2_Module")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 6}", "tensor_shape", "linear.weight")]
    [InlineData("Dense", "{\"in_features\": 66, \"out_features\": 5, \"use_residual\": true}", "tensor_missing", "residual.weight")]
    [InlineData("LayerNorm", "{\"dimension\": 65}", "config_inconsistent", "dimension")]
    [InlineData("LayerNorm", "{\"dimension\": 66}", "tensor_missing", "norm.weight")]
    public void Fault_of_a_module_is_named(string type, string config, string problemClass, string word)
    {
        using var folder = new TemporaryFolder();
        WriteModule(folder, type, config);
        SafeTensorsWriter.Write(folder["2_Module/model.safetensors"], [TensorData.OfSingles("linear.weight", new float[5 * 66], [5, 66]), TensorData.OfSingles("linear.bias", new float[5], [5])]);
        ModelInspection model = ModelImporter.Inspect(folder.Path);
        Assert.False(model.Succeeded);
        Assert.Contains(model.Problems, p => string.Equals(p.Kind.Class, problemClass, StringComparison.Ordinal) && p.ToString().Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tf_model.h5", "tf_model.h5")]
    [InlineData("nothing.txt", "no weights")]
    public void A_module_without_readable_weights_is_an_error(string file, string word)
    {
        using var folder = new TemporaryFolder();
        WriteModule(folder, "Dense", "{\"in_features\": 66, \"out_features\": 5}");
        File.WriteAllText(folder["2_Module/" + file], "x");
        Problem problem = Assert.Single(ModelImporter.Inspect(folder.Path).Problems);
        Assert.Equal(Severity.Error, problem.Severity);
        Assert.Contains("2_Module", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(word, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_a_module_must_be_floats_and_others_are_named()
    {
        using var folder = new TemporaryFolder();
        WriteModule(folder, "Dense", "{\"in_features\": 66, \"out_features\": 5}");
        SafeTensorsWriter.Write(folder["2_Module/model.safetensors"], [new TensorData("linear.weight", TensorDtype.I32, [5, 66], new byte[4 * 5 * 66]), TensorData.OfSingles("linear.bias", new float[5], [5]), TensorData.OfSingles("more", new float[1], [1])]);
        ModelInspection model = ModelImporter.Inspect(folder.Path);
        Assert.Contains(model.Problems, p => p.Kind == ProblemKinds.TensorDtype && p.Message.Contains("linear.weight", StringComparison.Ordinal));
        Assert.Contains(model.Problems, p => p.Kind == ProblemKinds.TensorExtra && p.Message.Contains("'more'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]", "config_malformed", "object")]
    [InlineData("{\"prompts\": []}", "config_wrong_type", "prompts")]
    [InlineData("{\"prompts\": {\"a\": 1}}", "config_wrong_type", "prompts.a")]
    [InlineData("{\"prompts\": {\"a\": \"b\"}, \"default_prompt_name\": \"c\"}", "config_inconsistent", "'a'")]
    [InlineData("{\"default_prompt_name\": 1}", "config_wrong_type", "default_prompt_name")]
    [InlineData("{\"similarity_fn_name\": \"jaccard\"}", "config_unsupported", "jaccard")]
    [InlineData("{\"truncate_dim\": 0}", "config_out_of_range", "truncate_dim")]
    public void Fault_of_the_settings_is_named(string settings, string problemClass, string word)
    {
        ModelInspection model = InspectSettings($"[{Transformer}, {Pooling}]", "{}", settings);
        Assert.False(model.Succeeded);
        Assert.Contains(model.Problems, p => string.Equals(p.Kind.Class, problemClass, StringComparison.Ordinal) && p.ToString().Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_are_read()
    {
        ModelInspection model = InspectSettings($"[{Transformer}, {Pooling}]", "{\"include_prompt\": false}", """{"prompts": {"b": "B: ", "query": "", "none": null, "a": "A "}, "default_prompt_name": "a", "similarity_fn_name": "dot", "truncate_dim": 3}""");
        Assert.Empty(model.Problems);
        SentenceSpec sentence = model.Spec!.Sentence!;
        Assert.Equal([new PromptSpec("b", "B: "), new PromptSpec("a", "A ")], sentence.Prompts);
        Assert.Equal(("a", Similarity.Dot, 3, false), (sentence.DefaultPrompt, sentence.Similarity, sentence.Dimension(model.Spec.Hidden), sentence.IncludePrompt));
    }

    [Fact]
    public void An_empty_default_prompt_is_none()
    {
        Assert.Null(InspectSettings($"[{Transformer}, {Pooling}]", "{}", """{"prompts": {"query": ""}, "default_prompt_name": "query"}""").Spec!.Sentence!.DefaultPrompt);
        Assert.Null(InspectSettings($"[{Transformer}, {Pooling}]", "{}", """{"default_prompt_name": "document"}""").Spec!.Sentence!.DefaultPrompt);
    }

    [Fact]
    public void A_cross_encoder_must_be_a_classifier_and_ranks_by_what_the_library_has()
    {
        const string alone = $"[{Transformer}]";
        Assert.Contains(InspectSettings(alone, "{}", """{"model_type": "CrossEncoder"}""").Problems, p => p.Kind == ProblemKinds.ConfigInconsistent && p.Message.Contains("BertModel", StringComparison.Ordinal));
        Assert.Contains(InspectSettings(alone, "{}", """{"model_type": "CrossEncoder", "activation_fn": "torch.nn.modules.activation.ReLU"}""").Problems, p => p.Kind == ProblemKinds.ConfigUnsupported && p.Message.Contains("ReLU", StringComparison.Ordinal));
        Assert.Contains(InspectSettings($"[{Transformer}, {Pooling}]", "{}", """{"model_type": "CrossEncoder"}""").Problems, p => p.Kind == ProblemKinds.ConfigUnsupported && p.Message.Contains("Pooling", StringComparison.Ordinal));
    }

    private static ModelInspection InspectSettings(string modules, string pooling, string settings)
    {
        using var folder = new TemporaryFolder();
        Write(folder, modules, pooling);
        File.WriteAllText(folder["config_sentence_transformers.json"], settings);
        return ModelImporter.Inspect(folder.Path);
    }

    private static void WriteModule(TemporaryFolder folder, string type, string config)
    {
        Write(folder, $$"""[{{Transformer}}, {{Pooling}}, {"path": "2_Module", "type": "sentence_transformers.models.{{type}}"}]""", "{}");
        Directory.CreateDirectory(folder["2_Module"]);
        File.WriteAllText(folder["2_Module/config.json"], config);
    }

    private static ModelInspection Inspect(string modules, string pooling)
    {
        using var folder = new TemporaryFolder();
        Write(folder, modules, pooling);
        return ModelImporter.Inspect(folder.Path);
    }

    private static void Write(TemporaryFolder folder, string modules, string pooling)
    {
        new TinyModel().Save(folder.Path);
        Directory.CreateDirectory(folder["1_Pooling"]);
        File.WriteAllText(folder["modules.json"], modules);
        File.WriteAllText(folder["1_Pooling/config.json"], pooling);
    }
}
