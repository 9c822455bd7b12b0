using System.Text.Json;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>One model saved in every format: each file gives the same tensors, bit for bit.</summary>
public sealed class SameWeightsTest
{
    /// <summary>Under which other name a tied tensor may lie: the exporters drop one of the two.</summary>
    private static readonly Dictionary<string, string> Tied = new(StringComparer.Ordinal)
    {
        ["embeddings.word_embeddings.weight"] = "cls.predictions.decoder.weight",
        ["cls.predictions.bias"] = "cls.predictions.decoder.bias",
        ["lm_head.bias"] = "lm_head.decoder.bias",
    };

    /// <summary>Folders of the same weights as another, and the file that holds the other's: (folder, file).</summary>
    public static TheoryData<string, string> Folders()
    {
        var data = new TheoryData<string, string>();
        if (SharedData.Root is null) return data;
        foreach (string folder in Directory.GetDirectories(SharedData.Require("golden", "models"), "fmt_*").Order(StringComparer.Ordinal))
        {
            // De-quantised weights are others, and fmt_base_onnx_shared and fmt_pt_bin_dtypes have weights of their own.
            string name = Path.GetFileName(folder);
            using JsonDocument description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
            if (File.Exists(Path.Combine(folder, "reference.safetensors"))) data.Add(name, name + "/reference.safetensors");
            else if (description.RootElement.GetProperty("same_weights_as").GetString() is { } same && !name.Contains("quantized", StringComparison.Ordinal)) data.Add(name, same + "/model.safetensors");
        }

        return data;
    }

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void Every_tensor_has_the_same_bits(string folder, string reference)
    {
        string models = SharedData.Require("golden", "models");
        Compare(Path.Combine(models, folder), null, Path.Combine(models, reference));
    }

    [SharedTheory]
    [InlineData("sapiens-vh/fairseq", null, "sapiens-vh/hf/model.safetensors")]
    [InlineData("all-MiniLM-L6-v2", "model.onnx", "all-MiniLM-L6-v2/model.safetensors")]
    public void Real_models_too(string folder, string? weights, string reference)
    {
        string models = SharedData.Require("models");
        Compare(Path.Combine(models, folder), weights, Path.Combine(models, reference));
    }

    private static void Compare(string folder, string? weights, string referenceFile)
    {
        var problems = new ProblemList();
        using ICheckpoint actual = CheckpointOpener.Open(folder, weights, new CheckpointContext(problems), new List<string>());
        using SafeTensorsFile expected = SafeTensorsFile.Open(referenceFile);
        Assert.False(problems.HasErrors, string.Join('\n', problems.Items));
        Dictionary<string, TensorInfo> byName = actual.Tensors.ToDictionary(t => Plain(t.Name), StringComparer.Ordinal);
        int compared = 0;
        foreach (TensorInfo tensor in expected.Tensors.Where(t => TensorDtypes.IsWeight(t.Dtype)))
        {
            string name = Plain(tensor.Name);
            TensorInfo? found = byName.GetValueOrDefault(name) ?? (Tied.TryGetValue(name, out string? other) ? byName.GetValueOrDefault(other) : null);

            // A graph without a pooler's output does not hold the pooler.
            if (found is null && weights is not null && name.StartsWith("pooler.", StringComparison.Ordinal)) continue;
            Assert.True(found is not null, $"{name} is not among {string.Join(", ", byName.Keys)}");
            Assert.Equal(tensor.Shape, found.Shape);
            Assert.Equal(Bits(expected, tensor), Bits(actual, found));
            compared++;
        }

        Assert.True(compared > 20, $"only {compared} tensors were compared");
    }

    private static int[] Bits(ICheckpoint checkpoint, TensorInfo tensor)
    {
        var values = new float[tensor.Elements];
        checkpoint.Read(tensor, 0, values);
        return Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }

    /// <summary>The name without the model's prefix, and with today's names of LayerNorm.</summary>
    private static string Plain(string name)
    {
        if (name.StartsWith("bert.", StringComparison.Ordinal)) name = name[5..];
        if (name.StartsWith("roberta.", StringComparison.Ordinal)) name = name[8..];
        return name.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal).Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }
}
