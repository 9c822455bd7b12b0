using System.Globalization;
using System.Reflection;
using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>
/// A folder outside the repository with a feed that holds the package as it was just built. The package sources of the machine stay in
/// force, the feed is added to them. The version is new each time, so that NuGet's cache cannot answer with an older package.
/// </summary>
public sealed class Workshop : IDisposable
{
    public Workshop()
    {
        Folder = Directory.CreateTempSubdirectory("bertcompiler-").FullName;
        Feed = Path.Combine(Folder, "feed");
        Version = "0.1.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        Command.Dotnet(
            SharedData.Repository, "pack", "generators/BertCompiler.Package", "--no-build", "-c", Configuration, "-o", Feed,
            "-p:PackageVersion=" + Version).Succeeded();
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="workshop" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the packages are.</summary>
    public string Feed { get; }

    /// <summary>The packages' version.</summary>
    public string Version { get; }

    /// <summary>Debug or Release, as this assembly.</summary>
    public static string Configuration { get; } =
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;

    /// <summary>The model that every clone has.</summary>
    public static string BundledModel { get; } = Path.Combine(SharedData.Repository, "models", "bundled-embedder");

    /// <summary>A project in a folder of its own.</summary>
    internal Consumer Project(string name, string items, string program = Consumer.Embed, string properties = "", bool reference = true)
    {
        var project = new Consumer(Path.Combine(Folder, name), name);
        string package = reference ? $"<PackageReference Include=\"BertCompiler\" Version=\"{Version}\" />" : "";
        project.Write(properties, package + items, program);
        return project;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string id in (string[])["bertcompiler", "bertcompiler.tool", "bertcompiler.mltokenizers", "packed.words", "packed.middle"])
        {
            string folder = Path.Combine(packages, id, Version);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
