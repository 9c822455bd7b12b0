using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Real exports hold the numbers of the models that they were made from, with config.json and without.</summary>
public sealed class GoldenGraphsTest
{
    [SharedTheory]
    [InlineData("fmt_base_onnx_legacy", "fmt_base_safetensors")]
    [InlineData("fmt_base_onnx_v4", "fmt_base_safetensors")]
    [InlineData("fmt_base_onnx_dynamo", "fmt_base_safetensors")]
    [InlineData("fmt_base_onnx_external", "fmt_base_safetensors")]
    [InlineData("fmt_base_onnx_ort_fused", "fmt_base_safetensors")]
    [InlineData("fmt_base_onnx_ort_fastgelu", "fmt_base_safetensors")]
    [InlineData("fmt_pt_onnx_legacy", "fmt_pt_safetensors")]
    [InlineData("fmt_pt_onnx_dynamo", "fmt_pt_safetensors")]
    public void Bits_are_those_of_the_same_model_in_safetensors(string name, string reference)
    {
        using OpenedModel expected = OpenedModel.Open(SharedData.Require("golden", "models", reference), ImportOptions.Default);
        using OpenedModel found = OpenedModel.Open(SharedData.Require("golden", "models", name), ImportOptions.Default);
        AssertSameBits(expected, found);
    }

    [SharedFact]
    public void Tensors_that_are_stored_once_for_several_places_are_found_in_all()
    {
        string folder = SharedData.Require("golden", "models", "fmt_base_onnx_shared");
        using OpenedModel expected = OpenedModel.Open(folder, new ImportOptions { Weights = "reference.safetensors" });
        using OpenedModel found = OpenedModel.Open(folder, ImportOptions.Default);
        AssertSameBits(expected, found);
    }

    [SharedFact]
    public void MiniLM_in_ONNX_has_the_bits_of_its_safetensors()
    {
        string folder = SharedData.Require("models", "all-MiniLM-L6-v2");
        using OpenedModel expected = OpenedModel.Open(folder, ImportOptions.Default);
        using OpenedModel found = OpenedModel.Open(folder, new ImportOptions { Weights = "model.onnx" });
        AssertSameBits(expected, found);
    }

    [SharedFact]
    public void MiniLM_in_8_bits_is_a_quantisation_step_away_at_most()
    {
        string folder = SharedData.Require("models", "all-MiniLM-L6-v2");
        using OpenedModel expected = OpenedModel.Open(folder, ImportOptions.Default);
        using OpenedModel found = OpenedModel.Open(folder, new ImportOptions { Weights = "model.int8.onnx" });
        Assert.True(found.IsSound, string.Join("\n", found.Problems.Items));
        Assert.Equal(ProblemKinds.WeightsDequantized, Assert.Single(found.Problems.Items).Kind);
        int rounded = 0;
        foreach (TensorInfo tensor in expected.Bindings!.All)
        {
            (float[] a, float[] b) = (Read(expected.Checkpoint!, tensor), Read(found.Checkpoint!, Same(found, tensor)));
            if (a.AsSpan().SequenceEqual(b)) continue;
            rounded++;
            float step = Math.Max(2 * a.Max(Math.Abs) / 254, (a.Max() - a.Min()) / 255);
            for (int i = 0; i < a.Length; i++) Assert.True(Math.Abs(a[i] - b[i]) <= step, $"'{tensor.Name}' [{i}]: {a[i]} became {b[i]}, with a step of {step}");
        }

        // Six matrices a layer, and the tables of words and token types.
        Assert.Equal((6 * 6) + 2, rounded);
    }

    [SharedTheory]
    [InlineData("fmt_base_onnx_legacy")]
    [InlineData("fmt_base_onnx_v4")]
    [InlineData("fmt_base_onnx_dynamo")]
    [InlineData("fmt_base_onnx_ort_fused")]
    [InlineData("fmt_base_onnx_quantized")]
    [InlineData("fmt_pt_onnx_legacy")]
    [InlineData("fmt_pt_onnx_dynamo")]
    public void Without_config_json_the_graph_gives_the_same_spec(string name)
    {
        string source = SharedData.Require("golden", "models", name);
        using var copy = new TemporaryFolder();
        string folder = Directory.CreateDirectory(copy[name]).FullName;
        foreach (string file in Directory.GetFiles(source, "model*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using OpenedModel expected = OpenedModel.Open(source, ImportOptions.Default);
        using OpenedModel found = OpenedModel.Open(folder, ImportOptions.Default);
        Assert.True(found.IsSound, string.Join("\n", found.Problems.Items));
        Assert.Equal(expected.Spec, found.Spec);
    }

    [SharedTheory]
    [InlineData("onnx_not_bert", "Conv")]
    [InlineData("onnx_custom_op", "evil.corp")]
    public void Other_graphs_are_refused(string name, string word)
    {
        using OpenedModel found = OpenedModel.Open(SharedData.Require("golden", "hostile", name), ImportOptions.Default);
        Assert.Contains(found.Problems.Items, p => p.Kind == ProblemKinds.OnnxUnsupported && p.ToString().Contains(word, StringComparison.Ordinal));
    }

    private static void AssertSameBits(OpenedModel expected, OpenedModel found)
    {
        Assert.True(found.IsSound, string.Join("\n", found.Problems.Items));
        foreach (TensorInfo tensor in expected.Checkpoint!.Tensors.Where(t => TensorDtypes.IsWeight(t.Dtype)))
        {
            TensorInfo same = Same(found, tensor);
            Assert.Equal(tensor.Shape, same.Shape);
            Assert.True(Read(expected.Checkpoint, tensor).AsSpan().SequenceEqual(Read(found.Checkpoint!, same)), $"'{tensor.Name}' has other numbers");
        }
    }

    /// <summary>The tensor of that name, with or without the family's prefix; a tied bias has two names.</summary>
    private static TensorInfo Same(OpenedModel model, TensorInfo tensor)
    {
        string[] names = [tensor.Name, "bert." + tensor.Name, tensor.Name.Replace("predictions.bias", "predictions.decoder.bias", StringComparison.Ordinal)];
        return model.Checkpoint!.Tensors.FirstOrDefault(t => names.Contains(t.Name)) ?? throw new KeyNotFoundException(tensor.Name);
    }

    private static float[] Read(ICheckpoint checkpoint, TensorInfo tensor)
    {
        var values = new float[tensor.Elements];
        checkpoint.Read(tensor, 0, values);
        return values;
    }
}
