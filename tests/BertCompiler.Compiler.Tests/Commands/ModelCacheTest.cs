using BertCompiler.Compiler.Tests.Importing;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Compilation;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Commands;

/// <summary>Compiled models in the cache: one for each thing that is asked for, and made again where somebody spoiled them.</summary>
public sealed class ModelCacheTest
{
    [Fact]
    public void Each_head_has_a_place_of_its_own()
    {
        using var folder = new TemporaryFolder();
        TinyModel model = Model(folder);
        var cache = new ModelCache(folder["cache"]);
        CachedModel plain = Get(cache, folder, null), asked = Get(cache, folder, "BertModel");
        Assert.Equal("BertForTokenClassification", plain.Import.Manifest!.Spec.Architecture);
        Assert.Equal("BertModel", asked.Import.Manifest!.Spec.Architecture);
        Assert.NotEqual(plain.WeightsPath, asked.WeightsPath);
        Assert.Equal(plain.Import.Manifest, Get(cache, folder, null).Import.Manifest);
        Assert.Equal(model.Hidden, asked.Import.Manifest.Spec.Hidden);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public void A_spoiled_entry_is_made_again(string? manifest)
    {
        using var folder = new TemporaryFolder();
        Model(folder);
        var cache = new ModelCache(folder["cache"]);
        CachedModel first = Get(cache, folder, null);
        string path = Path.ChangeExtension(first.WeightsPath, ".bertmanifest");
        if (manifest is null) File.Delete(path);
        else File.WriteAllText(path, manifest);
        CachedModel second = Get(cache, folder, null);
        Assert.Equal(first.Import.Manifest, second.Import.Manifest);
        Assert.True(File.Exists(path) && new FileInfo(path).Length > 100);
        using EncoderModel loaded = second.Load();
        Assert.Equal(66, loaded.Facts.Hidden);
    }

    private static CachedModel Get(ModelCache cache, TemporaryFolder folder, string? head) =>
        cache.Get(folder["model"], Taps.None, new ImportOptions { Head = head }, progress: null, default);

    private static TinyModel Model(TemporaryFolder folder)
    {
        var model = new TinyModel();
        model.Fields["architectures"] = """["BertForTokenClassification"]""";
        model.Add("classifier.weight", 2, model.Hidden);
        model.Add("classifier.bias", 2);
        model.Save(folder["model"]);
        return model;
    }
}
