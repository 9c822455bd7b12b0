namespace BertCompiler.Build.Tests;

/// <summary><c>Head</c> of an item: what is loaded of a folder, and a build that notices when it changes.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class HeadTests
{
    private readonly Consumer _project;

    public HeadTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Heads"), "Heads");
        if (Directory.Exists(_project.Folder)) return;
        workshop.Project("Heads", """<BertModel Include="model" Class="Shop.Model" Head="$(Head)" />""", program: "return 0;");
        ModelFolders.Copy(Workshop.BundledModel, Path.Combine(_project.Folder, "model"));
        _project.Dotnet("restore").Succeeded();
    }

    [Fact]
    public void Another_head_is_imported_again()
    {
        Assert.Contains("\npooling Mean\n", Manifest(""), StringComparison.Ordinal);
        Assert.DoesNotContain("\npooling ", Manifest(" BertModel "), StringComparison.Ordinal);
        Assert.Contains("\npooling Mean\n", Manifest("embedding"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BertForTagging", "BERT1011", "BertForTokenClassification")]
    [InlineData("RobertaModel", "BERT1012", "family roberta")]
    [InlineData("BertForMaskedLM", "BERT1207", "'cls.predictions.transform.dense.weight'")]
    public void A_head_that_cannot_be_loaded_is_one_error(string head, string id, string word)
    {
        CommandResult result = _project.Dotnet("build", "--no-restore", "-p:Head=" + head).Failed();
        Assert.Contains(result.Lines, l => l.Contains($"error {id}: ", StringComparison.Ordinal) && l.Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, l => l.Contains("error CS", StringComparison.Ordinal));
    }

    private string Manifest(string head)
    {
        _project.Dotnet("msbuild", "-t:BertCompileInputs", "-p:Head=" + head).Succeeded();
        return File.ReadAllText(Path.Combine(_project.Imported, "Shop.Model.bertmanifest"));
    }
}
