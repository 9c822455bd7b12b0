using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Names, prefixes, stand-ins and faults of tensors, beyond the single faults of golden/hostile.</summary>
public sealed class TensorResolvingTest
{
    [Fact]
    public void Prefix_and_old_names_change_nothing()
    {
        var model = new TinyModel();
        ImportResult plain = Import(model);
        model.Rename(n => "bert." + n.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal));
        ImportResult renamed = Import(model);
        Assert.Empty(renamed.Problems);
        Assert.Equal(plain.Manifest, renamed.Manifest);
    }

    [Fact]
    public void The_pooler_is_taken_if_it_is_there()
    {
        var model = new TinyModel();
        Assert.False(Import(model).Manifest!.Spec.HasPooler);
        model.Add("pooler.dense.weight", model.Hidden, model.Hidden);
        model.Add("pooler.dense.bias", model.Hidden);
        Assert.True(Import(model).Manifest!.Spec.HasPooler);
        model.Tensors.Remove("pooler.dense.bias");
        Assert.Contains("pooler.dense.bias", Assert.Single(Import(model).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_masked_language_model_ties_its_decoder()
    {
        TinyModel model = MaskedLanguageModel();
        ImportResult tied = Import(model);
        Assert.Empty(tied.Problems);
        model.Rename(n => n.StartsWith("cls.", StringComparison.Ordinal) ? n : "bert." + n);
        Assert.Equal(tied.Manifest, Import(model).Manifest);
        model.Add("cls.predictions.decoder.weight", model.Vocabulary, model.Hidden);
        ImportResult untied = Import(model);
        Assert.Empty(untied.Problems);
        Assert.NotEqual(tied.Manifest!.ContentHash, untied.Manifest!.ContentHash);
    }

    /// <summary>transformers would give such a model a decoder of random numbers.</summary>
    [Fact]
    public void An_untied_model_without_its_decoder_is_refused()
    {
        TinyModel model = MaskedLanguageModel();
        model.Fields["tie_word_embeddings"] = "false";
        Assert.Contains("'cls.predictions.decoder.weight'", Assert.Single(Import(model).Problems).Message, StringComparison.Ordinal);
        model.Add("cls.predictions.decoder.weight", model.Vocabulary, model.Hidden);
        Assert.Empty(Import(model).Problems);
    }

    [Fact]
    public void Tensors_of_other_heads_and_buffers_are_no_problem()
    {
        TinyModel model = MaskedLanguageModel();
        model.Fields["architectures"] = """["BertModel"]""";
        model.Add("embeddings.position_ids", 1, 10);
        ModelInspection inspection = Inspect(model);
        Assert.Empty(inspection.Problems);
        Assert.Contains("cls.predictions.bias", Assert.Single(inspection.Notes), StringComparison.Ordinal);
        Assert.DoesNotContain("position_ids", inspection.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var model = new TinyModel();
        model.Tensors.Remove("encoder.layer.1.output.dense.bias");
        model.Tensors.Remove("embeddings.LayerNorm.weight");
        model.Add("encoder.layer.0.output.dense.weight", model.FeedForward, model.Hidden);
        model.Add("bert.embeddings.LayerNorm.bias", model.Hidden);
        model.Add("encoder.layer.7.output.dense.bias", model.Hidden);
        model.Add("who.knows", 3);
        IReadOnlyList<Problem> problems = Inspect(model).Problems;
        Assert.Equal(["tensor_ambiguous", "tensor_extra", "tensor_extra_layer", "tensor_missing", "tensor_shape"], problems.Select(p => p.Kind.Class).Order(StringComparer.Ordinal));
        string missing = problems.Single(p => p.Kind == ProblemKinds.TensorMissing).Message;
        Assert.Contains("encoder.layer.1.output.dense.bias'", missing, StringComparison.Ordinal);
        Assert.Contains("embeddings.LayerNorm.weight'", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_model_gives_a_short_list()
    {
        var model = new TinyModel(layers: 12);
        model.Rename(n => "other." + n);
        IReadOnlyList<Problem> problems = Inspect(model).Problems;
        Assert.InRange(problems.Count, 2, 25);
        Assert.Contains(problems, p => p.Message.Contains("more of this kind", StringComparison.Ordinal));
        Assert.All(problems, p => Assert.InRange(p.Message.Length, 1, 1000));
    }

    [Theory]
    [InlineData("module.", "'module.'")]
    [InlineData("model.bert.", "'model.'")]
    [InlineData("student.encoder_model.", "'student.encoder_model.'")]
    public void A_prefix_that_a_wrapper_put_there_is_named(string prefix, string named)
    {
        var model = new TinyModel();
        model.Rename(n => prefix + n);
        string missing = Inspect(model).Problems.Single(p => p.Kind == ProblemKinds.TensorMissing).Message;
        Assert.Contains("The likely cause", missing, StringComparison.Ordinal);
        Assert.Contains($"begin with {named}", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_size_in_config_json_is_named_and_a_single_tensor_is_not_taken_for_one()
    {
        var model = new TinyModel(hidden: 72, layers: 12);
        model.Fields["hidden_size"] = "66";
        string shapes = Inspect(model).Problems.Single(p => p.Kind == ProblemKinds.TensorShape).Message;
        Assert.Contains("'hidden_size' is 66 in config.json, and the tensors have 72", shapes, StringComparison.Ordinal);
        Assert.InRange(shapes.Length, 1, 1000);
        model = new TinyModel();
        model.Add("encoder.layer.0.output.dense.weight", model.FeedForward, model.Hidden);
        Assert.DoesNotContain("likely cause", Assert.Single(Inspect(model).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_layers_than_config_json_says_are_counted()
    {
        var model = new TinyModel(layers: 3);
        model.Fields["num_hidden_layers"] = "12";
        Assert.Contains("'num_hidden_layers' is 12, and the file has 3 layers", Assert.Single(Inspect(model).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_too_many_is_told_in_the_family_s_own_words()
    {
        var model = new TinyModel();
        model.Fields.Clear();
        foreach ((string name, string value) in new[] { ("model_type", "\"distilbert\""), ("dim", "66"), ("n_heads", "6"), ("n_layers", "1"), ("hidden_dim", "50"), ("vocab_size", "21"), ("max_position_embeddings", "10") }) model.Fields[name] = value;
        model.Tensors.Remove("embeddings.token_type_embeddings.weight");
        model.Rename(n => n.Replace("encoder.layer", "transformer.layer", StringComparison.Ordinal)
            .Replace("attention.self.query", "attention.q_lin", StringComparison.Ordinal).Replace("attention.self.key", "attention.k_lin", StringComparison.Ordinal)
            .Replace("attention.self.value", "attention.v_lin", StringComparison.Ordinal).Replace("attention.output.dense", "attention.out_lin", StringComparison.Ordinal)
            .Replace("attention.output.LayerNorm", "sa_layer_norm", StringComparison.Ordinal).Replace("intermediate.dense", "ffn.lin1", StringComparison.Ordinal)
            .Replace("output.dense", "ffn.lin2", StringComparison.Ordinal).Replace("output.LayerNorm", "output_layer_norm", StringComparison.Ordinal));
        Problem problem = Assert.Single(Inspect(model).Problems, p => p.Severity == Severity.Error);
        Assert.Equal(ProblemKinds.TensorExtraLayer, problem.Kind);
        Assert.StartsWith("'n_layers' is 1", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(null)]
    public void A_bias_must_fit_the_labels_too(int? length)
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForTokenClassification"]""";
        model.Fields["id2label"] = """{"0": "a", "1": "b"}""";
        model.Add("classifier.weight", 2, model.Hidden);
        model.Add("classifier.bias", length is { } n ? [n] : []);
        Problem problem = Assert.Single(Inspect(model).Problems);
        Assert.Equal(length is null ? ProblemKinds.TensorShape : ProblemKinds.ConfigInconsistent, problem.Kind);
        Assert.Contains("'classifier.bias'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_without_labels_is_refused()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForTokenClassification"]""";
        model.Fields["id2label"] = "{}";
        model.Add("classifier.weight", 0, model.Hidden);
        model.Add("classifier.bias", 0);
        Assert.Contains("'id2label' is empty", Assert.Single(Inspect(model).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_must_fit_the_classifier()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForTokenClassification"]""";
        model.Add("classifier.weight", 3, model.Hidden);
        model.Add("classifier.bias", 3);
        Problem problem = Assert.Single(Inspect(model).Problems);
        Assert.Equal(ProblemKinds.ConfigInconsistent, problem.Kind);
        model.Fields["num_labels"] = "3";
        Assert.Equal(["LABEL_0", "LABEL_1", "LABEL_2"], Inspect(model).Spec!.Head.Labels);
        model.Fields["id2label"] = """{"0": "a", "1": "b"}""";
        ModelInspection inspection = Inspect(model);
        Assert.Equal(Severity.Warning, Assert.Single(inspection.Problems).Severity);
        Assert.Equal(["LABEL_0", "LABEL_1", "LABEL_2"], inspection.Spec!.Head.Labels);
    }

    [Fact]
    public void A_regression_has_one_label()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForSequenceClassification"]""";
        model.Fields["id2label"] = """{"0": "score"}""";
        model.Add("pooler.dense.weight", model.Hidden, model.Hidden);
        model.Add("pooler.dense.bias", model.Hidden);
        model.Add("classifier.weight", 1, model.Hidden);
        model.Add("classifier.bias", 1);
        ModelInspection inspection = Inspect(model);
        Assert.Empty(inspection.Problems);
        Assert.Equal((HeadKind.SequenceClassification, "score"), (inspection.Spec!.Head.Kind, Assert.Single(inspection.Spec.Head.Labels)));
    }

    private static TinyModel MaskedLanguageModel()
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForMaskedLM"]""";
        model.Add("cls.predictions.transform.dense.weight", model.Hidden, model.Hidden);
        model.Add("cls.predictions.transform.dense.bias", model.Hidden);
        model.Add("cls.predictions.transform.LayerNorm.weight", model.Hidden);
        model.Add("cls.predictions.transform.LayerNorm.bias", model.Hidden);
        model.Add("cls.predictions.bias", model.Vocabulary);
        return model;
    }

    private static ModelInspection Inspect(TinyModel model)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        return ModelImporter.Inspect(folder.Path);
    }

    private static ImportResult Import(TinyModel model)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder["model"]);
        return ModelImporter.Import(folder["model"], new ImportTarget(folder["out"], "m"));
    }
}
