namespace BertCompiler.Build.Tests;

/// <summary>What a project must be is told with one error, before its compiler runs.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class ProjectCheckTests(Workshop workshop)
{
    private const string Item = """<BertTokenizer Include="words" Class="Shop.Words" />""";

    [Theory]
    [InlineData("TargetFramework=net8.0", "BERT3006", "net8.0")]
    [InlineData("TargetFramework=netstandard2.0", "BERT3006", "netstandard2.0")]
    [InlineData("TargetFramework=net472", "BERT3006", "net472")]
    [InlineData("LangVersion=11", "BERT3007", "LangVersion 11")]
    [InlineData("LangVersion=7.3", "BERT3007", "LangVersion 7.3")]
    public void A_property_that_does_not_fit_is_one_error(string property, string id, string words)
    {
        CommandResult result = Checked().Dotnet("build", "--no-restore", "-p:" + property).Failed();
        string error = Assert.Single(result.Lines.Where(l => l.Contains(": error ", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct());
        Assert.Contains($"Checked.csproj : error {id}: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_code_compiles_as_CSharp_12() => Checked().Dotnet("build", "--no-restore", "-p:LangVersion=12").Succeeded();

    [Theory]
    [InlineData("fsproj", "Program.fs", "printfn \"1\"")]
    [InlineData("vbproj", "Program.vb", "Module Program\n    Sub Main()\n    End Sub\nEnd Module")]
    public void Another_language_is_one_error(string extension, string file, string program)
    {
        var project = new Consumer(Path.Combine(workshop.Folder, "Other " + extension), "Other");
        Directory.CreateDirectory(project.Folder);
        TokenizerFolder(Path.Combine(project.Folder, "words"));
        project.With(file, program).With("Other." + extension, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{file}" Condition="'$(MSBuildProjectExtension)' == '.fsproj'" />
                <PackageReference Include="BertCompiler" Version="{workshop.Version}" />
                {Item}
              </ItemGroup>
            </Project>
            """);
        CommandResult result = project.Dotnet("build").Failed();
        string error = Assert.Single(result.Lines.Where(l => l.Contains(": error ", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct());
        Assert.Contains("error BERT3008: ", error, StringComparison.Ordinal);
    }

    /// <summary>Files that a web project's SDK takes for content stay out of what is published, unless the author names them.</summary>
    [Fact]
    public void A_web_project_publishes_no_file_of_the_model_but_what_its_author_names()
    {
        var project = new Consumer(Path.Combine(workshop.Folder, "Site"), "Site");
        Directory.CreateDirectory(project.Folder);
        TokenizerFolder(Path.Combine(project.Folder, "models", "words"));
        File.WriteAllText(Path.Combine(project.Folder, "models", "words", "labels.md"), "named");
        project.With("appsettings.json", "{}").With("Program.cs", "return;").With("Site.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="BertCompiler" Version="{workshop.Version}" />
                <BertTokenizer Include="models/words" Class="Shop.Words" />
                <Content Include="models/words/labels.md" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        string folder = Path.Combine(project.Folder, "published");
        project.Dotnet("publish", "-o", folder).Succeeded();
        Assert.True(File.Exists(Path.Combine(folder, "appsettings.json")));
        Assert.True(File.Exists(Path.Combine(folder, "Shop.Words.bertw")));
        Assert.Equal(["labels.md"], Directory.EnumerateFiles(Path.Combine(folder, "models"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)));
    }

    private Consumer Checked()
    {
        var project = new Consumer(Path.Combine(workshop.Folder, "Checked"), "Checked");
        if (Directory.Exists(project.Folder)) return project;
        TokenizerFolder(Path.Combine(project.Folder, "words"));
        workshop.Project("Checked", Item, program: """System.Console.WriteLine(Shop.Words.VocabularySize);""", properties: "<ImplicitUsings>disable</ImplicitUsings>");
        project.Dotnet("restore").Succeeded();
        return project;
    }

    /// <summary>The smallest folder that a build takes.</summary>
    internal static void TokenizerFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in (string[])["tokenizer.json", "tokenizer_config.json"]) File.Copy(Path.Combine(Workshop.BundledModel, file), Path.Combine(folder, file));
    }
}
