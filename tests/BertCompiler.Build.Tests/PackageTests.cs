using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>What is in the packages.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class PackageTests(Workshop workshop)
{
    [Fact]
    public void The_package_holds_generator_targets_tool_and_runtime_and_depends_on_nothing()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(workshop.Feed, $"BertCompiler.{workshop.Version}.nupkg"));
        string[] files = [.. package.Entries.Select(e => e.FullName)];
        Assert.Equal(["BertCompiler.Core.dll", "BertCompiler.Generator.dll"], In("analyzers/dotnet/cs/"));
        Assert.Equal(["BertCompiler.Runtime.dll", "BertCompiler.Runtime.xml"], In("lib/net10.0/"));
        Assert.Equal(["BertCompiler.props", "BertCompiler.targets"], In("buildTransitive/"));
        Assert.Equal(["BertCompiler.targets"], In("buildMultiTargeting/"));
        Assert.Equal(
            ["BertCompiler.Checks.targets", "BertCompiler.Models.targets", "BertCompiler.NativeAot.targets", "BertCompiler.Packages.targets", "BertCompiler.Watch.targets", "BertCompiler.props", "BertCompiler.targets", "BertWeights.S"],
            In("build/"));
        Assert.Equal(["BertCompiler.Core.dll", "BertCompiler.Tasks.dll"], In("tools/netstandard2.0/any/"));
        Assert.Contains("BERT3001.md", In("diagnostics/"));
        Assert.Superset(new HashSet<string> { "bertc.dll", "bertc.deps.json", "bertc.runtimeconfig.json", "BertCompiler.Core.dll" }, In("tools/net10.0/any/").ToHashSet());
        using var reader = new StreamReader(package.GetEntry("BertCompiler.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd(), StringComparison.Ordinal);

        string[] In(string folder) => [.. files.Where(f => f.StartsWith(folder, StringComparison.Ordinal)).Select(f => f[folder.Length..]).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Each_package_says_what_it_is_whose_it_is_and_what_it_carries()
    {
        PackOthers();
        foreach (string id in (string[])["BertCompiler", "BertCompiler.Tool", "BertCompiler.MLTokenizers"])
        {
            using ZipArchive package = Open(id);
            string specification = Text(package, id + ".nuspec");
            Assert.Contains("<license type=\"expression\">MIT</license>", specification, StringComparison.Ordinal);
            Assert.Contains("<readme>README.md</readme>", specification, StringComparison.Ordinal);
            Assert.Contains("net10.0", Text(package, "README.md").Replace(".NET 10", "net10.0", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.StartsWith("MIT License", Text(package, "LICENSE"), StringComparison.Ordinal);
            string notices = Text(package, "THIRD-PARTY-NOTICES.txt");
            Assert.Contains("UNICODE LICENSE V3", notices, StringComparison.Ordinal);

            // Every library of somebody else's is in the notices.
            string[] libraries = [.. package.Entries.Select(e => e.Name).Where(n => n.EndsWith(".dll", StringComparison.Ordinal) && n != "bertc.dll" && !n.StartsWith("BertCompiler.", StringComparison.Ordinal)).Distinct()];
            Assert.All(libraries, l => Assert.Contains(l, notices, StringComparison.Ordinal));
            Assert.Equal(id != "BertCompiler.MLTokenizers", libraries.Contains("Google.Protobuf.dll"));
        }
    }

    [Fact]
    public void Packages_of_one_version_go_together_and_bertc_runs_on_later_runtimes()
    {
        PackOthers();
        using (ZipArchive tokenizers = Open("BertCompiler.MLTokenizers"))
        {
            Assert.Contains($"<dependency id=\"BertCompiler\" version=\"[{workshop.Version}]\" />", Text(tokenizers, "BertCompiler.MLTokenizers.nuspec"), StringComparison.Ordinal);
        }

        foreach (string id in (string[])["BertCompiler", "BertCompiler.Tool"])
        {
            using ZipArchive package = Open(id);
            Assert.Contains("\"rollForward\": \"Major\"", Text(package, "tools/net10.0/any/bertc.runtimeconfig.json"), StringComparison.Ordinal);
        }
    }

    /// <summary>A debugger shows the source that was compiled, without a server, and no path of the machine that built it.</summary>
    [Fact]
    public void Assemblies_carry_their_symbols_and_sources()
    {
        PackOthers();
        string[] assemblies =
        [
            "BertCompiler:lib/net10.0/BertCompiler.Runtime.dll", "BertCompiler:analyzers/dotnet/cs/BertCompiler.Core.dll", "BertCompiler:analyzers/dotnet/cs/BertCompiler.Generator.dll",
            "BertCompiler:tools/net10.0/any/bertc.dll", "BertCompiler.Tool:tools/net10.0/any/bertc.dll", "BertCompiler.MLTokenizers:lib/net10.0/BertCompiler.MLTokenizers.dll",
        ];
        foreach (string[] place in assemblies.Select(a => a.Split(':')))
        {
            using ZipArchive package = Open(place[0]);
            using Stream entry = package.GetEntry(place[1])!.Open();
            using var copy = new MemoryStream();
            entry.CopyTo(copy);
            using var file = new PEReader(ImmutableArray.Create(copy.ToArray()));
            DebugDirectoryEntry symbols = Assert.Single(file.ReadDebugDirectory(), d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
            using MetadataReaderProvider provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
            MetadataReader reader = provider.GetMetadataReader();
            string[] documents = [.. reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name))];
            Assert.All(documents, d => Assert.StartsWith("/_/", d, StringComparison.Ordinal));
            var embedded = new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
            int sources = reader.CustomDebugInformation.Count(h => reader.GetGuid(reader.GetCustomDebugInformation(h).Kind) == embedded);
            Assert.Equal(documents.Length, sources);
        }
    }

    [Fact]
    public void Bertc_is_a_dotnet_tool()
    {
        PackOthers();
        string folder = Path.Combine(workshop.Folder, "tools");
        Command.Dotnet(workshop.Folder, "tool", "install", "BertCompiler.Tool", "--version", workshop.Version, "--tool-path", folder).Succeeded();
        CommandResult result = Command.Run(workshop.Folder, Path.Combine(folder, "bertc"), "import", Workshop.BundledModel, "--output", "imported", "--name", "Shop.Model").Succeeded();
        Assert.Contains("Shop.Model.bertw", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(workshop.Folder, "imported", "Shop.Model.bertw")));
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(workshop.Feed, $"{id}.{workshop.Version}.nupkg"));

    private static string Text(ZipArchive package, string file)
    {
        using var reader = new StreamReader(package.GetEntry(file)?.Open() ?? throw new FileNotFoundException(file), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private void PackOthers()
    {
        foreach (string project in (string[])["generators/BertCompiler.Tool", "src/BertCompiler.MLTokenizers"])
        {
            if (File.Exists(Path.Combine(workshop.Feed, $"{Path.GetFileName(project)}.{workshop.Version}.nupkg"))) continue;
            Command.Dotnet(
                SharedData.Repository, "pack", project, "--no-build", "-c", Workshop.Configuration, "-o", workshop.Feed, "-p:PackageVersion=" + workshop.Version,
                "-p:Version=" + workshop.Version).Succeeded();
        }
    }
}
