using System.IO.Compression;
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
        Assert.Equal(
            ["BertCompiler.Checks.targets", "BertCompiler.Models.targets", "BertCompiler.NativeAot.targets", "BertCompiler.props", "BertCompiler.targets", "BertWeights.S"], In("build/"));
        Assert.Equal(["BertCompiler.Core.dll", "BertCompiler.Tasks.dll"], In("tools/netstandard2.0/any/"));
        Assert.Contains("BERT3001.md", In("diagnostics/"));
        Assert.Superset(new HashSet<string> { "bertc.dll", "bertc.deps.json", "bertc.runtimeconfig.json", "BertCompiler.Core.dll" }, In("tools/net10.0/any/").ToHashSet());
        using var reader = new StreamReader(package.GetEntry("BertCompiler.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", reader.ReadToEnd(), StringComparison.Ordinal);

        string[] In(string folder) => [.. files.Where(f => f.StartsWith(folder, StringComparison.Ordinal)).Select(f => f[folder.Length..]).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Bertc_is_a_dotnet_tool()
    {
        Command.Dotnet(
            SharedData.Repository, "pack", "generators/BertCompiler.Tool", "--no-build", "-c", Workshop.Configuration, "-o", workshop.Feed,
            "-p:PackageVersion=" + workshop.Version).Succeeded();
        string folder = Path.Combine(workshop.Folder, "tools");
        Command.Dotnet(workshop.Folder, "tool", "install", "BertCompiler.Tool", "--version", workshop.Version, "--tool-path", folder).Succeeded();
        CommandResult result = Command.Run(workshop.Folder, Path.Combine(folder, "bertc"), "import", Workshop.BundledModel, "--output", "imported", "--name", "Shop.Model").Succeeded();
        Assert.Contains("Shop.Model.bertw", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(workshop.Folder, "imported", "Shop.Model.bertw")));
    }
}
