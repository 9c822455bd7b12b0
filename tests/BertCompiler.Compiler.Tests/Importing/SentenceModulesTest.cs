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
    [InlineData("{}", "{}", 10)]
    public void Longest_input_is_what_sentence_transformers_takes(string transformer, string tokenizer, int expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder, $"[{Transformer}, {Pooling}]", "{}");
        File.WriteAllText(folder["sentence_bert_config.json"], transformer);
        File.WriteAllText(folder["tokenizer_config.json"], tokenizer);
        Assert.Equal(expected, ModelImporter.Inspect(folder.Path).Spec!.MaxTokens);
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
