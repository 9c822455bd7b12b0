using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BertCompiler.Build.Tests;

/// <summary>A project with two models, built, built again, changed, cleaned, published.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class BuildTests
{
    private const string FileClass = "Shop.Files.Reader", EmbeddedClass = "Shop.Inside";
    private readonly Consumer _project;
    private readonly string _fileModel, _embeddedModel;

    public BuildTests(Workshop workshop)
    {
        _project = new Consumer(Path.Combine(workshop.Folder, "Two Models"), "Two Models");
        _fileModel = Path.Combine(_project.Folder, "models", "My model.v2");
        _embeddedModel = Path.Combine(_project.Folder, "models", "inside");
        if (Directory.Exists(_project.Folder)) return;
        workshop.Project("Two Models", $"""
            <BertModel Include="models/My model.v2/" Class="{FileClass}" Taps="hidden;attention" />
            <BertModel Include="models/inside" Class="{EmbeddedClass}" Weights="Embedded;chosen.safetensors" />
            """).WithModels(FileClass, EmbeddedClass);
        ModelFolders.Copy(Workshop.BundledModel, _fileModel);
        ModelFolders.Copy(Workshop.BundledModel, _embeddedModel);

        // The file that the folder means is no weights at all: the build must take the one that the item names.
        File.Move(Path.Combine(_embeddedModel, "model.safetensors"), Path.Combine(_embeddedModel, "chosen.safetensors"));
        File.WriteAllText(Path.Combine(_embeddedModel, "model.safetensors"), "not this one");
    }

    [Fact]
    public void A_build_puts_weights_beside_and_into_the_program()
    {
        Build();
        Assert.True(File.Exists(Path.Combine(_project.Output, FileClass + ".bertw")));
        Assert.False(File.Exists(Path.Combine(_project.Output, EmbeddedClass + ".bertw")));
        Assert.Equal([EmbeddedClass + ".bertw"], Resources(Path.Combine(_project.Output, "Two Models.dll")));
        float[][] vectors = _project.Run(Path.Combine(_project.Output, "Two Models.dll"), GoldenTexts.All);
        int texts = GoldenTexts.All.Length;
        GoldenTexts.Check(vectors[..texts]);
        Assert.Equal(vectors[..texts], vectors[texts..]); // one model's weights in two places
    }

    [Fact]
    public void The_program_folder_carries_nothing_of_the_compiler()
    {
        Build();
        string[] names = [.. Directory.EnumerateFiles(_project.Output).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        string[] expected =
        [
            "BertCompiler.Runtime.dll", FileClass + ".bertw", "Two Models", "Two Models.deps.json", "Two Models.dll", "Two Models.pdb",
            "Two Models.runtimeconfig.json",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void A_second_build_does_nothing()
    {
        Build();
        Dictionary<string, DateTime> before = Times();
        CommandResult again = _project.Dotnet("build", "--no-restore", "-v:normal").Succeeded();
        Assert.Equal(before, Times());
        Assert.Single(again.Lines, l => l.Contains("import-all", StringComparison.Ordinal)); // bertc looks, once for both models
        Assert.DoesNotContain(again.Lines, l => l.Contains("importing ", StringComparison.Ordinal));
    }

    [Fact]
    public void Touched_weights_are_imported_again_alone_and_compile_nothing()
    {
        Build();
        Dictionary<string, DateTime> before = Times();
        File.SetLastWriteTimeUtc(Path.Combine(_fileModel, "model.safetensors"), DateTime.UtcNow);
        CommandResult again = _project.Dotnet("build", "--no-restore", "-v:normal").Succeeded();
        Assert.Contains("importing " + FileClass, Assert.Single(again.Lines, l => l.Contains("importing ", StringComparison.Ordinal)), StringComparison.Ordinal);
        string[] changed = [.. Times().Where(t => before[t.Key] != t.Value).Select(t => t.Key)];
        Assert.Equal([FileClass + ".imported"], changed);
    }

    [Fact]
    public void Changed_weights_give_another_program()
    {
        string path = Path.Combine(_embeddedModel, "chosen.safetensors");
        byte[] original = File.ReadAllBytes(path);
        Build();
        float[][] before = Vectors();
        byte[] changed = [.. original];
        changed[^4] ^= 1; // one bit of one of the last numbers
        try
        {
            File.WriteAllBytes(path, changed);
            Build();
            int texts = GoldenTexts.Own.Length;
            Assert.Equal(before[..texts], Vectors()[..texts]);
            Assert.NotEqual(before[texts..], Vectors()[texts..]);
        }
        finally
        {
            File.WriteAllBytes(path, original);
        }

        float[][] Vectors() => _project.Run(Path.Combine(_project.Output, "Two Models.dll"), GoldenTexts.Own);
    }

    [Fact]
    public void An_editors_build_packs_nothing_and_disturbs_nothing()
    {
        Build();
        Dictionary<string, DateTime> before = Times();
        _project.Dotnet("msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true").Succeeded();
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(_project.Imported, "design")).Select(f => Path.GetFileName(f))];
        Assert.Contains(FileClass + ".bertmanifest", files);
        Assert.Contains(EmbeddedClass + ".bertmanifest", files);
        Assert.DoesNotContain(files, f => f.EndsWith(".bertw", StringComparison.Ordinal));
        Assert.Equal(before, Times());
    }

    [Fact]
    public void A_clean_removes_what_builds_made()
    {
        Build();
        _project.Dotnet("clean").Succeeded();
        Assert.Empty(Directory.EnumerateFiles(_project.Output, "*.bertw"));
        Assert.False(Directory.Exists(_project.Imported));
    }

    [Fact]
    public void Publishing_ships_the_weights_with_and_without_a_build()
    {
        Build();
        string first = Path.Combine(_project.Folder, "published"), second = Path.Combine(_project.Folder, "published without a build");
        _project.Dotnet("publish", "-c", "Debug", "-o", first).Succeeded();
        _project.Dotnet("publish", "-c", "Debug", "--no-build", "-o", second).Succeeded();
        Assert.Equal(Directory.EnumerateFiles(first).Select(f => Path.GetFileName(f)).Order(), Directory.EnumerateFiles(second).Select(f => Path.GetFileName(f)).Order());
        float[][] vectors = _project.Run(Path.Combine(first, "Two Models.dll"), GoldenTexts.Own);
        Assert.Equal(vectors, _project.Run(Path.Combine(second, "Two Models.dll"), GoldenTexts.Own));
    }

    [Fact]
    public void A_single_file_finds_weights_beside_it_and_in_it()
    {
        string folder = Path.Combine(_project.Folder, "single");
        Build();
        _project.Dotnet("publish", "-c", "Debug", "-p:PublishSingleFile=true", "--self-contained", "false", "--use-current-runtime", "-o", folder).Succeeded();
        Assert.False(File.Exists(Path.Combine(folder, "Two Models.dll")));
        Assert.True(File.Exists(Path.Combine(folder, FileClass + ".bertw")));
        float[][] vectors = _project.Run(Path.Combine(folder, "Two Models"), GoldenTexts.Own);
        Assert.Equal(_project.Run(Path.Combine(_project.Output, "Two Models.dll"), GoldenTexts.Own), vectors);
    }

    private void Build() => _project.Dotnet("build").Succeeded();

    // When what a build leaves behind was last written.
    private Dictionary<string, DateTime> Times() =>
        Directory.EnumerateFiles(_project.Output).Concat(Directory.EnumerateFiles(_project.Imported)).GroupBy(f => Path.GetFileName(f))
            .ToDictionary(g => g.Key, g => g.Max(f => File.GetLastWriteTimeUtc(f)), StringComparer.Ordinal);

    private static string[] Resources(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.ManifestResources.Select(r => metadata.GetString(metadata.GetManifestResource(r).Name))];
    }
}
