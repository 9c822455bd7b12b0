namespace BertCompiler.Build.Tests;

/// <summary>Items as people write them: wildcards, folders of any name, spaces round words.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class ItemTests(Workshop workshop)
{
    /// <summary>Each is one word to a shell that expands it, to MSBuild, or to neither.</summary>
    private static readonly string[] _folders = ["1-model", "Bob's", "back`echo x`", "dollar$(Foo) $HOME", "per%24cent%", "quo\"te", "semi;colon @(X)", "класс"];

    [Fact]
    public void A_wildcard_takes_each_folder_whatever_its_name_and_each_gets_a_class()
    {
        var project = new Consumer(Path.Combine(workshop.Folder, "Odd $(names)"), "Odd");
        foreach (string folder in _folders) ProjectCheckTests.TokenizerFolder(Path.Combine(project.Folder, "words", folder));
        File.WriteAllText(Path.Combine(project.Folder, "words", "README.md"), "beside the folders");
        project.Write(
            "<RootNamespace></RootNamespace>",
            $"""<PackageReference Include="BertCompiler" Version="{workshop.Version}" /><BertTokenizer Include="words/*" Weights=" File " Access=" internal " />""",
            """
            foreach (Type type in typeof(Program).Assembly.GetTypes().Where(t => t.GetField("VocabularySize") is not null).OrderBy(t => t.FullName, StringComparer.Ordinal))
            {
                using var words = (BertCompiler.Tokenization.Tokenizer)type.GetMethods().First(m => m.Name == "Load" && m.GetParameters().All(p => p.HasDefaultValue)).Invoke(null, System.Reflection.BindingFlags.OptionalParamBinding, null, [.. type.GetMethods().First(m => m.Name == "Load" && m.GetParameters().All(p => p.HasDefaultValue)).GetParameters().Select(_ => Type.Missing)], null)!;
                Console.WriteLine($"{type.FullName} {type.IsPublic} {words.Count("x")}");
            }
            """);
        project.Dotnet("build").Succeeded();
        string[] expected = ["BackEchoX", "BobS", "DollarFooHOME", "Per24Cent", "QuoTe", "SemiColonX", "_1Model", "Класс"];
        CommandResult run = Command.Dotnet(project.Folder, Path.Combine(project.Output, "Odd.dll")).Succeeded();
        Assert.Equal(expected.Select(name => $"{name} False 3"), run.Lines.Where(l => l.Length > 0));
        Assert.Equal(expected.Select(name => name + ".bertw").Order(StringComparer.Ordinal), Directory.EnumerateFiles(project.Output, "*.bertw").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

        // The place of an item and its author's words, of an element that makes no item.
        string file = Path.Combine(project.Folder, "Odd.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace("words/*", "none/*", StringComparison.Ordinal));
        CommandResult failed = project.Dotnet("build", "--no-restore").Failed();
        Assert.Contains(failed.Lines, l => System.Text.RegularExpressions.Regex.IsMatch(l, @"Odd\.csproj\(\d+,\d+\): error BERT3009: BertTokenizer Include=""none/\*"": ", default, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Libraries_with_one_class_name_or_of_another_version_are_errors_of_the_program()
    {
        foreach (string name in (string[])["First", "Second"])
        {
            ProjectCheckTests.TokenizerFolder(Path.Combine(workshop.Folder, name, "words"));
            workshop.Project(name, """<BertTokenizer Include="words" Class="Shop.Same" Weights="$(Place)" />""", program: "", properties: "<OutputType>Library</OutputType>");
        }

        workshop.Project("Aged", """<AssemblyMetadata Include="BertCompiler.Generator" Value="0.0.9.0" />""", program: "public static class Aged { public static int Count(BertCompiler.Tokenization.Tokenizer words) => words.Count(\"\"); }", properties: "<OutputType>Library</OutputType>");
        Consumer program = workshop.Project("Both", """<ProjectReference Include="../First/First.csproj" /><ProjectReference Include="../Second/Second.csproj" Condition="'$(Old)' == ''" /><ProjectReference Include="../Aged/Aged.csproj" Condition="'$(Old)' != ''" />""", program: "return 0;", reference: false);
        string taken = Assert.Single(program.Dotnet("build").Failed().Lines.Where(l => l.Contains("error BERT3011: ", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct());
        Assert.Contains("First.csproj", taken, StringComparison.Ordinal);
        Assert.Contains("Second.csproj", taken, StringComparison.Ordinal);

        // Where weights are linked into a NativeAOT executable, their names are symbols.
        CommandResult linked = program.Dotnet("msbuild", "-t:_BertCollectEmbedded", "-p:PublishAot=true", "-p:Place=Embedded").Failed();
        Assert.Contains(linked.Lines, l => l.Contains("Both.csproj : error BERT3011: the class Shop.Same", StringComparison.Ordinal));
        string[] old = [.. program.Dotnet("build", "-p:Old=true").Failed().Lines.Where(l => l.Contains(": error ", StringComparison.Ordinal)).Select(l => l.Trim()).Distinct()];
        Assert.Contains("Both.csproj : error BERT2005: the models in Aged were compiled by BertCompiler 0.0.9.0", Assert.Single(old), StringComparison.Ordinal);
    }
}
