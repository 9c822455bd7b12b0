using System.Text.Json;
using System.Text.Json.Nodes;
using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Converting;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary><c>bertc convert</c>: what it writes is the same model.</summary>
public sealed class ConvertTest
{
    public static TheoryData<string> Folders()
    {
        if (SharedData.Root is null) return [];
        return new(Directory.EnumerateDirectories(SharedData.Require("golden", "models"), "fmt_*").Where(CheckpointOpener.HasWeights).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [SharedTheory]
    [MemberData(nameof(Folders))]
    public void A_converted_model_has_the_content_of_the_original(string name)
    {
        using var folder = new TemporaryFolder();
        string original = SharedData.Require("golden", "models", name);
        ConvertResult converted = ModelConverter.Convert(original, folder["new"], ImportOptions.Default);
        Assert.DoesNotContain(converted.Problems, p => p.Severity == Severity.Error);
        Assert.Equal(Hash(original, folder), Hash(folder["new"], folder));
        Assert.Contains("config.json", converted.Files);
        Assert.Contains("model.safetensors", converted.Files);
        Assert.Equal([folder["new"], folder["out"]], Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    /// <summary>What is asked for is what the new folder is.</summary>
    [Fact]
    public void The_head_that_is_asked_for_is_the_class_of_the_new_folder()
    {
        using var folder = new TemporaryFolder();
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForPreTraining"]""";
        model.Save(folder["model"]);
        ConvertResult converted = ModelConverter.Convert(folder["model"], folder["new"], new ImportOptions { Head = "BertModel" });
        Assert.True(converted.Succeeded);
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["new"], "config.json")))!;
        Assert.Equal("BertModel", Assert.Single(config["architectures"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public void Modules_and_texts_of_a_sentence_model_come_along()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(SharedData.Repository, "models", "bundled-embedder");
        Bertc.Result result = Bertc.Run("", "convert", model, "-o", folder["new"], "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.True(json["succeeded"]!.GetValue<bool>());
        Assert.Contains("1_Pooling/config.json", json["files"]!.AsArray().Select(f => f!.GetValue<string>()));
        Assert.Equal(File.ReadAllBytes(Path.Combine(model, "config.json")), File.ReadAllBytes(folder["new/config.json"]));
        Assert.Equal(File.ReadAllBytes(Path.Combine(model, "tokenizer.json")), File.ReadAllBytes(folder["new/tokenizer.json"]));
        Assert.Equal(Hash(model, folder), Hash(folder["new"], folder));
        Assert.Equal("pt", Metadata(folder["new/model.safetensors"]));
    }

    [Theory]
    [InlineData(TensorDtype.F32)]
    [InlineData(TensorDtype.F16)]
    [InlineData(TensorDtype.BF16)]
    internal void Element_types_stay_what_they_are(TensorDtype dtype)
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"], dtype);
        Assert.True(ModelConverter.Convert(folder["model"], folder["new"], ImportOptions.Default).Succeeded);
        using SafeTensorsFile before = SafeTensorsFile.Open(folder["model/model.safetensors"]);
        using SafeTensorsFile after = SafeTensorsFile.Open(folder["new/model.safetensors"]);
        Assert.Equal(before.Tensors.Count, after.Tensors.Count);
        foreach (TensorInfo tensor in before.Tensors)
        {
            TensorInfo copy = after.Find(tensor.Name)!;
            Assert.Equal((dtype, tensor.ShapeText), (copy.Dtype, copy.ShapeText));
            Assert.Equal(before.ReadBytes(tensor), after.ReadBytes(copy));
        }
    }

    [Fact]
    public void Sixteen_bits_survive_widening_whatever_they_are()
    {
        foreach (TensorDtype dtype in new[] { TensorDtype.F16, TensorDtype.BF16 })
        {
            ushort[] all = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
            var wide = new float[all.Length];
            var back = new ushort[all.Length];
            Widen.ToSingle(all, dtype, wide);
            Narrow.ToHalves(wide, dtype, back);
            for (int i = 0; i < all.Length; i++) Assert.True(float.IsNaN(wide[i]) || all[i] == back[i], $"{dtype} {all[i]:x4} became {back[i]:x4}");
        }
    }

    [Fact]
    public void A_model_that_is_not_sound_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var model = new TinyModel();
        model.Tensors.Remove("embeddings.LayerNorm.bias");
        model.Save(folder["model"]);
        Bertc.Result result = Bertc.Run("", "convert", folder["model"], "-o", folder["new"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("embeddings.LayerNorm.bias", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder["model"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_in_use_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"]);
        Directory.CreateDirectory(folder["new"]);
        File.WriteAllText(folder["new/mine"], "mine");
        Assert.Throws<CommandException>(() => ModelConverter.Convert(folder["model"], folder["new"], ImportOptions.Default));
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(folder["new"]).Select(Path.GetFileName));
        File.Delete(folder["new/mine"]);
        Assert.True(ModelConverter.Convert(folder["model"], folder["new"] + "/", ImportOptions.Default).Succeeded);
    }

    [Fact]
    public void A_cancelled_conversion_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        new TinyModel().Save(folder["model"]);
        using var cancel = new CancellationTokenSource();
        var options = new ImportOptions { Cancellation = cancel.Token, Opening = new CancelAt(0.5, cancel) };
        Assert.Throws<OperationCanceledException>(() => ModelConverter.Convert(folder["model"], folder["new"], options));
        Assert.Equal([folder["model"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Hash(string model, TemporaryFolder folder)
    {
        ImportResult result = ModelImporter.Import(model, new ImportTarget(folder["out"], "m"));
        Assert.True(result.Succeeded, string.Join("\n", result.Problems));
        return result.Manifest!.ContentHash + " " + (result.Manifest.Spec with { Name = "" }).GetHashCode();
    }

    private static string? Metadata(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, BitConverter.ToInt32(bytes)));
        return header.RootElement.GetProperty("__metadata__").GetProperty("format").GetString();
    }

    private sealed class CancelAt(double share, CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share) source.Cancel();
        }
    }
}
