using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>bert_config.json in the place of config.json.</summary>
public sealed class BertConfigTest
{
    [Theory]
    [InlineData("output", 3, "BertForSequenceClassification")]
    [InlineData("cls/squad/output", 2, "BertForQuestionAnswering")]
    [InlineData("cls/seq_relationship/output", 2, "BertForNextSentencePrediction")]
    [InlineData(null, 0, "BertModel")]
    public void Class_and_labels_are_what_the_variables_show(string? head, int rows, string expected)
    {
        using var folder = new TemporaryFolder();
        TinyModel model = Original();
        if (head is not null)
        {
            model.Add(head + "_weights", rows, model.Hidden);
            model.Add(head + "_bias", rows);
        }

        Save(model, folder.Path);
        ImportResult result = ModelImporter.Import(folder.Path, new ImportTarget(folder["out"], "m"));
        Assert.Empty(result.Problems);
        Assert.Equal(expected, result.Manifest!.Spec.Architecture);
        if (head == "output") Assert.Equal(rows, result.Manifest.Spec.Head.Labels.Count);
    }

    [Fact]
    public void A_fault_in_bert_config_is_placed_there()
    {
        using var folder = new TemporaryFolder();
        TinyModel model = Original();
        model.Fields["hidden_act"] = "\"gelu_ultra\"";
        Save(model, folder.Path);
        int line = 1 + model.Config.Split('\n').ToList().FindIndex(l => l.Contains("hidden_act", StringComparison.Ordinal));
        Problem problem = Assert.Single(ModelImporter.Inspect(folder.Path).Problems);
        Assert.Equal((folder["bert_config.json"], line), (problem.File, problem.Line));
    }

    [Fact]
    public void Config_json_counts_where_both_are_there()
    {
        using var folder = new TemporaryFolder();
        TinyModel model = Original();
        Save(model, folder.Path);
        File.WriteAllText(folder["bert_config.json"], "not JSON");
        model.Fields["model_type"] = "\"bert\"";
        model.SaveConfig(folder.Path);
        Assert.Empty(ModelImporter.Inspect(folder.Path).Problems);
    }

    /// <summary>The tiny model as google-research/bert would have saved it.</summary>
    private static TinyModel Original()
    {
        var model = new TinyModel();
        model.Fields.Remove("architectures");
        model.Fields.Remove("model_type");
        model.Add("pooler.dense.weight", model.Hidden, model.Hidden);
        model.Add("pooler.dense.bias", model.Hidden);
        foreach ((string name, (long[] shape, float[] values)) in model.Tensors.ToArray())
        {
            bool isNorm = name.Contains("LayerNorm", StringComparison.Ordinal);
            bool isTable = name.EndsWith("_embeddings.weight", StringComparison.Ordinal);
            bool isKernel = !isNorm && !isTable && shape.Length == 2;
            model.Tensors.Remove(name);
            string stem = "bert/" + name[..name.LastIndexOf('.')].Replace("layer.", "layer_", StringComparison.Ordinal).Replace('.', '/');
            string last = name.EndsWith(".bias", StringComparison.Ordinal) ? (isNorm ? "/beta" : "/bias") : isNorm ? "/gamma" : isTable ? "" : "/kernel";
            model.Tensors[stem + last] = isKernel ? ([shape[1], shape[0]], values) : (shape, values);
        }

        return model;
    }

    private static void Save(TinyModel model, string folder)
    {
        BundleWriter.Of(model).Save(folder);
        File.WriteAllText(Path.Combine(folder, "bert_config.json"), model.Config);
    }
}
