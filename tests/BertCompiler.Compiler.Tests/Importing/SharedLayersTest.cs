using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Layers that share their weights by groups: what is said about a checkpoint that does not fit names the fields of groups.</summary>
public sealed class SharedLayersTest
{
    [Fact]
    public void Sets_of_weights_go_by_group_and_number()
    {
        ModelInspection model = Inspect(Albert(groups: 2, inner: 2));
        Assert.Empty(model.Problems);
        Assert.Equal((8, 4), (model.Spec!.Layers.Count, model.Spec.Layers.SetCount));
    }

    [Theory]
    [InlineData("num_hidden_groups", "1", "'num_hidden_groups' is 1, and the weights have 'encoder.albert_layer_groups.1' as well")]
    [InlineData("inner_group_num", "1", "'inner_group_num' is 1, and the weights have 'encoder.albert_layer_groups.0.albert_layers.1', 'encoder.albert_layer_groups.1.albert_layers.1' as well")]
    public void Weights_beyond_are_refused(string field, string value, string message)
    {
        TinyModel model = Albert(groups: 2, inner: 2);
        model.Fields[field] = value;
        Problem problem = Assert.Single(Inspect(model).Problems);
        Assert.Equal(ProblemKinds.TensorExtraLayer, problem.Kind);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_hidden_groups", "4", "'num_hidden_groups' is 4, and the file has 2 groups of layers")]
    [InlineData("inner_group_num", "3", "'inner_group_num' is 3, and the file has groups of 2 layers")]
    public void Missing_weights_have_a_likely_cause(string field, string value, string cause)
    {
        TinyModel model = Albert(groups: 2, inner: 2);
        model.Fields[field] = value;
        Problem problem = Assert.Single(Inspect(model).Problems);
        Assert.Equal(ProblemKinds.TensorMissing, problem.Kind);
        Assert.Contains(cause, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_of_pretraining_under_other_names_are_a_note()
    {
        var model = new TinyModel();
        model.Fields["model_type"] = "\"deberta-v2\"";
        model.Fields["architectures"] = """["DebertaV2Model"]""";
        model.Fields["type_vocab_size"] = "2";
        model.Rename(n => "deberta." + n.Replace("self.query", "self.query_proj", StringComparison.Ordinal).Replace("self.key", "self.key_proj", StringComparison.Ordinal).Replace("self.value", "self.value_proj", StringComparison.Ordinal));
        model.Add("lm_predictions.lm_head.bias", model.Vocabulary);
        model.Add("mask_predictions.dense.weight", model.Hidden, model.Hidden);
        ModelInspection inspection = Inspect(model);
        Assert.Empty(inspection.Problems);
        Assert.StartsWith("2 tensors of other heads", Assert.Single(inspection.Notes), StringComparison.Ordinal);
    }

    private static TinyModel Albert(int groups, int inner)
    {
        var model = new TinyModel(layers: groups * inner);
        model.Fields["model_type"] = "\"albert\"";
        model.Fields["architectures"] = """["AlbertModel"]""";
        model.Fields["embedding_size"] = "66";
        model.Fields["num_hidden_layers"] = "4";
        model.Fields["num_hidden_groups"] = $"{groups}";
        model.Fields["inner_group_num"] = $"{inner}";
        model.Rename(name =>
        {
            for (int set = 0; set < groups * inner; set++)
            {
                name = name.Replace($"encoder.layer.{set}.", $"encoder.albert_layer_groups.{set / inner}.albert_layers.{set % inner}.", StringComparison.Ordinal);
            }

            return name.Replace("attention.self.", "attention.", StringComparison.Ordinal).Replace("attention.output.", "attention.", StringComparison.Ordinal)
                .Replace("intermediate.dense", "ffn", StringComparison.Ordinal).Replace("output.dense", "ffn_output", StringComparison.Ordinal)
                .Replace("output.LayerNorm", "full_layer_layer_norm", StringComparison.Ordinal);
        });
        model.Add("encoder.embedding_hidden_mapping_in.weight", model.Hidden, model.Hidden);
        model.Add("encoder.embedding_hidden_mapping_in.bias", model.Hidden);
        return model;
    }

    private static ModelInspection Inspect(TinyModel model)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        return ModelImporter.Inspect(folder.Path);
    }
}
