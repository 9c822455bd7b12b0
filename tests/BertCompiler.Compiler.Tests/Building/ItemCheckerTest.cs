using BertCompiler.Core.Problems;
using BertCompiler.Tasks;

namespace BertCompiler.Compiler.Tests.Building;

public sealed class ItemCheckerTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert items ").FullName;

    public ItemCheckerTest()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "good"));
        File.WriteAllText(Path.Combine(_folder, "good", "config.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "good", "model.safetensors"), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("../../x")]
    [InlineData("/tmp/x")]
    [InlineData("C:\\x")]
    [InlineData("Shop..X")]
    [InlineData("Shop.2nd")]
    [InlineData("Shop.class")]
    [InlineData("Shop.Embed")]
    [InlineData("Shop X")]
    [InlineData("a;b")]
    public void What_is_no_class_name_is_refused_before_it_names_a_file(string name)
    {
        (IReadOnlyList<ResolvedItem> resolved, Problem problem) = Refuse(Item("good") with { Class = name });
        Assert.Empty(resolved);
        Assert.Equal("BERT2002", problem.Kind.Id);
        Assert.Equal("Shop.csproj(7,3)", $"{problem.File}({problem.Line},{problem.Column})");
        Assert.StartsWith($"BertModel Include=\"good\" Class=\"{name}\": ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("File", false, "")]
    [InlineData("", false, "")]
    [InlineData("embedded", true, "")]
    [InlineData(" onnx/model.onnx ; Embedded ", true, "onnx/model.onnx")]
    [InlineData("model.onnx", false, "model.onnx")]
    public void Weights_say_where_and_which(string weights, bool embedded, string file)
    {
        ResolvedItem resolved = Assert.Single(new ItemChecker("Shop").Check([Item("good") with { Weights = weights }]));
        Assert.Equal((embedded, file), (resolved.Embedded, resolved.WeightsFile));
    }

    [Theory]
    [InlineData("Cloud", "", "", "", "BERT2004")]
    [InlineData("File;Embedded", "", "", "", "BERT2004")]
    [InlineData("a.onnx;b.onnx", "", "", "", "BERT2004")]
    [InlineData("", "colour", "", "", "BERT2004")]
    [InlineData("", "", "secret", "", "BERT2004")]
    [InlineData("", "", "", "bf16", "BERT3002")]
    public void An_unknown_word_is_refused(string weights, string taps, string access, string precision, string id)
    {
        (_, Problem problem) = Refuse(Item("good") with { Weights = weights, Taps = taps, Access = access, Precision = precision });
        Assert.Equal(id, problem.Kind.Id);
    }

    [Theory]
    [InlineData("models/none", "BERT3001", "relative to the project file")]
    [InlineData("none", "BERT3001", "relative to the project file")]
    [InlineData("good/none", "BERT3001", "relative to the project file")]
    [InlineData("good/model.safetensors", "BERT3001", "Weights=\"model.safetensors\"")]
    [InlineData("sentence-transformers/all-MiniLM-L6-v2", "BERT3010", "hf download sentence-transformers/all-MiniLM-L6-v2 --local-dir models/all-MiniLM-L6-v2")]
    [InlineData("https://huggingface.co/BAAI/bge-small-en-v1.5", "BERT3010", "hf download BAAI/bge-small-en-v1.5 --local-dir models/bge-small-en-v1.5")]
    public void What_is_no_folder_is_told_with_a_remedy(string include, string id, string remedy)
    {
        (_, Problem problem) = Refuse(Item(include));
        Assert.Equal(id, problem.Kind.Id);
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_names_its_folder() => Assert.Equal(Path.Combine(_folder, "good"), Assert.Single(new ItemChecker("Shop").Check([Item("good/config.json")])).Folder);

    [Fact]
    public void One_name_for_two_is_refused_whatever_its_case()
    {
        var checker = new ItemChecker("Shop");
        Assert.Empty(checker.Check([Item("good") with { Class = "Shop.A" }, Item("good") with { Class = "Shop.a" }]));
        Problem problem = Assert.Single(checker.Problems);
        Assert.Equal("BERT2003", problem.Kind.Id);
        Assert.Contains("Class=\"Shop.A\"", problem.Message, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<ResolvedItem> Resolved, Problem Problem) Refuse(ModelItem item)
    {
        var checker = new ItemChecker("Shop");
        IReadOnlyList<ResolvedItem> resolved = checker.Check([item]);
        return (resolved, Assert.Single(checker.Problems));
    }

    private ModelItem Item(string include) => new() { Type = ModelItem.ModelType, Include = include, FullPath = Path.Combine(_folder, include), Place = new("Shop.csproj", 7, 3) };
}
