using BertCompiler.Core.Problems;
using BertCompiler.Tasks;

namespace BertCompiler.Compiler.Tests.Building;

public sealed class FolderWildcardsTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert wildcards ").FullName;

    public FolderWildcardsTest()
    {
        foreach (string name in (string[])["models/b", "models/a", "models/old", "models/.git", "deep/x/onnx", "deep/y/onnx", "deep/z"]) Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllText(Path.Combine(_folder, "models", "README.md"), "");
        File.WriteAllText(Path.Combine(_folder, "models", "a", "config.json"), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("models/*", "models/a models/b models/old")]
    [InlineData("models\\*\\", "models/a models/b models/old")]
    [InlineData("models/?", "models/a models/b")]
    [InlineData("mod*/o*", "models/old")]
    [InlineData("deep/*/onnx", "deep/x/onnx deep/y/onnx")]
    [InlineData("plain;models/a*", "models/a")]
    public void A_wildcard_means_folders(string include, string expected)
    {
        WildcardResult result = Expand($"<ItemGroup><BertModel Include=\"{include}\" Taps=\"hidden\" /></ItemGroup>");
        Assert.Empty(result.Problems);
        Assert.Equal(expected.Split(' '), result.Items.Select(i => i.Include));
        Assert.All(result.Items, i => Assert.Equal(("BertModel", "hidden", 2), (i.Type, i.Metadata["Taps"], i.Place.Line)));
    }

    [Fact]
    public void Excluded_folders_are_left_out_and_files_beside_them_are_no_models()
    {
        WildcardResult result = Expand("<ItemGroup><BertTokenizer Include=\"models/*\" Exclude=\"models/o*;models/b\"><Weights>Embedded</Weights></BertTokenizer></ItemGroup>");
        Assert.Equal(["models/a"], result.Items.Select(i => i.Include));
        Assert.Equal("Embedded", result.Items[0].Metadata["Weights"]);
        Assert.Equal(["models/README.md"], result.Strays);
    }

    [Theory]
    [InlineData("nothing/*", "it matches no folder")]
    [InlineData("models/a/*", "it matches no folder")]
    [InlineData("models/*/tokenizer.json", "it matches no file")]
    [InlineData("$(Root)/*", "models/*/config.json")]
    [InlineData("models/**", "models/*/config.json")]
    public void What_finds_nothing_is_told_at_its_line(string include, string words)
    {
        WildcardResult result = Expand($"<ItemGroup><BertModel Include=\"{include}\" /></ItemGroup>");
        Problem problem = Assert.Single(result.Problems);
        Assert.Equal(("BERT3009", 2), (problem.Kind.Id, problem.Line));
        Assert.Contains($"Include=\"{include}\": ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Empty(result.Items);
    }

    [Theory]
    [InlineData("<ItemGroup Condition=\"'$(X)' == ''\"><BertModel Include=\"nothing/*\" /></ItemGroup>")]
    [InlineData("<ItemGroup><BertModel Include=\"nothing/*\" Condition=\"false\" /></ItemGroup>")]
    [InlineData("<Target Name=\"X\"><ItemGroup><BertModel Include=\"nothing/*\" /></ItemGroup></Target>")]
    [InlineData("<ItemGroup><BertModel Include=\"models/*/config.json\" /></ItemGroup>")]
    [InlineData("<ItemGroup><BertModel Include=\"$(Root)/*/config.json\" /></ItemGroup>")]
    [InlineData("<ItemGroup><BertModel Include=\"models/a\" /></ItemGroup>")]
    public void The_rest_is_left_to_MSBuild(string items)
    {
        WildcardResult result = Expand(items);
        Assert.Empty(result.Problems);
        Assert.Empty(result.Items);
        Assert.Empty(result.Strays);
    }

    private WildcardResult Expand(string items)
    {
        string file = Path.Combine(_folder, "x.csproj");
        File.WriteAllText(file, $"<Project Sdk=\"Microsoft.NET.Sdk\">\n{items}\n</Project>\n");
        return FolderWildcards.Expand(ProjectText.Read(file), _folder);
    }
}
