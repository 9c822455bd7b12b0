using System.Security.Cryptography;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;
using BertCompiler.Core.Weights;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;
using BertCompiler.Weights;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Real models and every golden BERT model import, and their files say the same as their manifests.</summary>
public sealed class RealModelsTest
{
    public static TheoryData<string> GoldenFolders()
    {
        var folders = new TheoryData<string>();
        if (SharedData.Root is null) return folders;
        foreach (string path in Directory.GetDirectories(SharedData.Require("golden", "models")).Order(StringComparer.Ordinal)) folders.Add(Path.GetFileName(path));
        return folders;
    }

    [SharedFact]
    public void MiniLm_is_a_sentence_embedder_with_mean_pooling()
    {
        using var output = new TemporaryFolder();
        ImportResult result = Import(SharedData.Require("models", "all-MiniLM-L6-v2"), output);
        Assert.Empty(result.Problems);
        ModelSpec spec = result.Manifest!.Spec;
        Assert.Equal(("all-MiniLM-L6-v2", "BertModel", 384, 6, 256), (spec.Name, spec.Architecture, spec.Hidden, spec.Layers.Count, spec.MaxTokens));
        Assert.Equal((12, 32, 1536, Activation.GeluErf, 1e-12), (spec.Layers.First.Heads, spec.Layers.First.HeadSize, spec.Layers.First.FeedForward, spec.Layers.First.Activation, spec.Layers.First.Epsilon));
        Assert.Equal((30522, 512, 2, 0), (spec.Embedding.Vocabulary, spec.Embedding.Positions, spec.Embedding.TokenTypes, spec.Embedding.PadTokenId));
        Assert.Equal(new SentenceSpec { Pooling = new([PoolingMode.Mean]), Modules = new([new NormalizeModule()]) }, spec.Sentence);
        Assert.True(spec.HasPooler);
        Assert.Equal("fp32", result.Manifest.SourceDtype);
        Assert.Equal(22_713_216, result.Manifest.Parameters);
    }

    [SharedFact]
    public void The_bundled_embedder_widens_from_fp16()
    {
        using var output = new TemporaryFolder();
        ImportResult result = Import(SharedData.Require("models", "bundled-embedder"), output);
        Assert.Empty(result.Problems);
        Assert.Equal("fp16", result.Manifest!.SourceDtype);
        Assert.Equal((128, 3, 256, false), (result.Manifest.Spec.Hidden, result.Manifest.Spec.Layers.Count, result.Manifest.Spec.MaxTokens, result.Manifest.Spec.HasPooler));
    }

    [SharedTheory]
    [MemberData(nameof(GoldenFolders))]
    public void Golden_model_imports(string name)
    {
        using var output = new TemporaryFolder();
        ImportResult result = Import(SharedData.Require("golden", "models", name), output);

        // What a quantiser did to a model is said, and nothing else.
        ProblemKind? expected = name.Contains("quantized", StringComparison.Ordinal) ? ProblemKinds.WeightsDequantized : null;
        Assert.Equal(expected is null ? [] : [expected], result.Problems.Select(p => p.Kind));
        Assert.All(result.Problems, p => Assert.Equal(Severity.Warning, p.Severity));
        Check(result.Manifest!, output);
    }

    /// <summary>config.json says BertForPreTraining; the encoder alone is asked for, and the heads' tensors are no reason to complain.</summary>
    [SharedFact]
    public void An_encoder_can_be_taken_out_of_a_pretraining_file()
    {
        ModelInspection model = ModelImporter.Inspect(SharedData.Require("golden", "models", "bert_base_in_pretraining_file"), new ImportOptions { Head = "BertModel" });
        Assert.Empty(model.Problems);
        Assert.Equal((HeadKind.None, true), (model.Spec!.Head.Kind, model.Spec.HasPooler));
        Assert.Contains("cls.predictions.bias", Assert.Single(model.Notes), StringComparison.Ordinal);
    }

    private static ImportResult Import(string folder, TemporaryFolder output)
    {
        ImportResult result = ModelImporter.Import(folder, new ImportTarget(output.Path, "model"));
        if (result.Manifest is not null) Check(result.Manifest, output);
        return result;
    }

    private static void Check(Manifest manifest, TemporaryFolder output)
    {
        Assert.Equal(["model.bertmanifest", "model.bertw"], Directory.GetFiles(output.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(manifest, ManifestText.Read(File.ReadAllText(output["model.bertmanifest"])));
        byte[] packed = File.ReadAllBytes(output["model.bertw"]);
        PackedHeader header = PackedHeader.Read(packed.AsSpan(0, PackedHeader.Bytes), packed.Length, "model.bertw");
        Assert.Equal(manifest.FileBytes, header.FileBytes);
        Assert.Equal(manifest.TokenizerBytes, header.TokenizerBytes);
        Assert.Equal(manifest.ContentHash, header.ContentHash);
        Assert.Equal(manifest.ContentHash, Convert.ToHexStringLower(SHA256.HashData(packed.AsSpan(PackedHeader.Bytes))));
    }
}
