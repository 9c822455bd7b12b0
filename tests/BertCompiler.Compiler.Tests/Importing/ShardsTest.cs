using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Shards give what one file gives, and an index cannot point outside.</summary>
public sealed class ShardsTest
{
    [Fact]
    public void Shards_pack_to_the_same_bytes_as_one_file()
    {
        var model = new TinyModel();
        using var folder = new TemporaryFolder();
        model.Save(folder["one/model"]);
        model.SaveShards(folder["three/model"], name => $"model-{(uint)name.Length % 3}.safetensors");
        ImportResult one = ModelImporter.Import(folder["one/model"], new ImportTarget(folder["out"], "one"));
        ImportResult three = ModelImporter.Import(folder["three/model"], new ImportTarget(folder["out"], "three"));
        Assert.Empty(three.Problems);
        Assert.Equal(one.Manifest, three.Manifest);
        Assert.Equal(File.ReadAllBytes(folder["out/one.bertw"]), File.ReadAllBytes(folder["out/three.bertw"]));
    }

    /// <summary>The file that the index points at is there and sound: only the path is wrong.</summary>
    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("./../outside.safetensors")]
    [InlineData("sub/../../outside.safetensors")]
    [InlineData("..\\\\outside.safetensors")]
    [InlineData("C:\\\\outside.safetensors")]
    [InlineData("/etc/hostname")]
    [InlineData("//server/share")]
    [InlineData("file:///etc/hostname")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a//b")]
    [InlineData(".. /outside.safetensors")]
    [InlineData("a\\u0000b")]
    public void A_path_that_leaves_the_folder_is_refused(string path)
    {
        var model = new TinyModel();
        using var folder = new TemporaryFolder();
        model.SaveShards(folder["model"], _ => "a.safetensors");
        File.Copy(folder["model/a.safetensors"], folder["outside.safetensors"]);
        File.WriteAllText(folder["model/model.safetensors.index.json"], "{\"weight_map\": {\"x\": \"" + path + "\"}}");
        Problem problem = Assert.Single(ModelImporter.Inspect(folder["model"]).Problems);
        Assert.Equal(ProblemKinds.PathEscape, problem.Kind);
        Assert.Equal(1, problem.Line);
    }

    [Theory]
    [InlineData("model-00001-of-00002.safetensors")]
    [InlineData("sub folder/model.v1.safetensors")]
    [InlineData("..model")]
    public void A_path_inside_is_accepted(string path) => Assert.True(RelativePath.IsInside(path));
}
