namespace BertCompiler.Build.Tests;

/// <summary>What a user gets to read when an item or a model is wrong.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class BuildErrorTests
{
    private readonly Consumer _project;

    public BuildErrorTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Wrong"), "Wrong");
        if (Directory.Exists(_project.Folder)) return;
        workshop.Project("Wrong", """
            <BertModel Include="$(First)" Class="$(FirstClass)" Precision="$(Precision)" Weights="$(Place)" />
            <BertModel Include="$(Second)" Class="$(SecondClass)" Condition="'$(Second)' != ''" />
            """, properties: "<First>good</First><FirstClass>Shop.Model</FirstClass><Precision>fp32</Precision><Place>File</Place>", program: "return 0;");
        string good = ModelFolders.Copy(Workshop.BundledModel, Path.Combine(_project.Folder, "good"));
        string bad = Path.Combine(_project.Folder, "bad");
        ModelFolders.Copy(good, bad);
        string config = Path.Combine(bad, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"hidden_size\": 128", "\"hidden_size\": 130", StringComparison.Ordinal));
        _project.Dotnet("restore").Succeeded();
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string error = Error("BERT3001", "-p:First=models/none");
        Assert.Contains("Wrong.csproj", error, StringComparison.Ordinal);
        Assert.Contains("models/none", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_no_folder() => Assert.Contains("Weights=\"model.safetensors\"", Error("BERT3001", "-p:First=good/model.safetensors"), StringComparison.Ordinal);

    [Fact]
    public void A_name_on_a_hub_is_no_folder() =>
        Assert.Contains("a build downloads nothing", Error("BERT3010", "-p:First=sentence-transformers/all-MiniLM-L6-v2"), StringComparison.Ordinal);

    [Fact]
    public void A_class_that_is_a_path_is_refused_and_nothing_is_written()
    {
        string error = Error("BERT2002", "-p:FirstClass=../../escaped");
        Assert.Contains("Wrong.csproj", error, StringComparison.Ordinal);
        Assert.Contains("BertModel Include=\"good\" Class=\"../../escaped\"", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_project.Folder, "escaped*", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_unknown_precision_is_refused() => Assert.Contains("bf16", Error("BERT3002", "-p:Precision=bf16"), StringComparison.Ordinal);

    [Fact]
    public void Two_models_need_two_names() =>
        Assert.Contains("Shop.Model", Error("BERT2003", "-p:Second=bad", "-p:SecondClass=Shop.Model"), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_place_for_weights_is_refused() => Assert.Contains("Cloud", Error("BERT2004", "-p:Place=Cloud"), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_weights_that_is_not_there_is_named() => Assert.Contains("onnx/none.onnx", Error("BERT1108", "-p:Place=onnx/none.onnx"), StringComparison.Ordinal);

    [Fact]
    public void A_bad_config_is_an_error_at_its_line_and_the_other_model_is_still_checked()
    {
        CommandResult result = _project.Dotnet("build", "--no-restore", "-p:First=bad", "-p:Second=good", "-p:SecondClass=Shop.Other", "-v:normal").Failed();
        Assert.Contains(result.Lines, l => System.Text.RegularExpressions.Regex.IsMatch(l, @"bad/config\.json\(\d+,\d+\): error BERT1\d\d\d: ", default, TimeSpan.FromSeconds(5)));
        Assert.Contains(result.Lines, l => l.Contains("error BERT3005", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, l => l.Contains("MSB3073", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_project.Imported, "Shop.Other.bertw")));
    }

    [Theory]
    [InlineData("-p:FirstClass=../../escaped")]
    [InlineData("-p:First=none")]
    public void An_item_that_is_wrong_does_not_cost_an_editor_the_project(string property)
    {
        CommandResult result = _project.Dotnet("msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", property).Succeeded();
        Assert.Contains(result.Lines, l => l.Contains(": warning BERT", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_class_the_folder_gives_the_name()
    {
        _project.Dotnet("msbuild", "-t:BertCompileInputs", "-p:FirstClass=", "-p:First=good/../good").Succeeded();
        Assert.True(File.Exists(Path.Combine(_project.Imported, "Wrong.Good.bertmanifest")));
    }

    [Fact]
    public void Warnings_are_in_every_build_and_not_only_in_the_one_that_imports()
    {
        string plain = Path.Combine(_project.Folder, "plain");
        ModelFolders.Copy(Path.Combine(_project.Folder, "good"), plain);
        File.Delete(Path.Combine(plain, "modules.json"));
        string[] build = ["msbuild", "-t:BertCompileInputs", "-p:First=plain", "-p:FirstClass=Shop.Plain", "-v:normal"];
        CommandResult first = _project.Dotnet(build).Succeeded(), second = _project.Dotnet(build).Succeeded();
        Assert.Contains("importing Shop.Plain", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("importing ", second.Output, StringComparison.Ordinal);
        Assert.All((CommandResult[])[first, second], r => Assert.Contains(r.Lines, l => System.Text.RegularExpressions.Regex.IsMatch(l, @"plain/modules\.json ?: warning BERT1\d\d\d: ", default, TimeSpan.FromSeconds(5))));
    }

    /// <summary>An editor loads the project through such a build: a failure would cost it every reference, not one class.</summary>
    [Fact]
    public void A_broken_model_does_not_cost_an_editor_the_project()
    {
        string path = Path.Combine(_project.Folder, "changing");
        string[] model = ["-p:First=changing", "-p:FirstClass=Shop.Changing"];
        ModelFolders.Copy(Path.Combine(_project.Folder, "good"), path);
        _project.Dotnet(["msbuild", "-t:BertCompileInputs", .. model]).Succeeded();
        File.WriteAllText(Path.Combine(path, "config.json"), "{");
        string[] editor = ["msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:AdditionalFiles"];
        string files = _project.Dotnet([.. editor, .. model]).Succeeded().Output;
        Assert.Contains("/bert/Shop.Changing.bertmanifest", files, StringComparison.Ordinal); // what the last build left
        string none = _project.Dotnet([.. editor, "-p:First=bad"]).Succeeded().Output;
        Assert.DoesNotContain("design/Shop.Model.bertmanifest", none, StringComparison.Ordinal);
        _project.Dotnet(["msbuild", "-t:BertCompileInputs", .. model]).Failed();
    }

    private string Error(string id, params string[] properties)
    {
        CommandResult result = _project.Dotnet(["build", "--no-restore", .. properties]).Failed();
        string? line = result.Lines.FirstOrDefault(l => l.Contains($"error {id}: ", StringComparison.Ordinal));
        Assert.True(line is not null, $"{id} is missing\n{result.Output}");
        return line;
    }
}
