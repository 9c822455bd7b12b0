using System.Diagnostics;
using BertCompiler.Testing;

namespace BertCompiler.Build.Tests;

/// <summary>What README says under "Use it now", word by word, with <c>~</c> for a folder of the test's own.</summary>
[Collection(WorkshopGroup.Name)]
public sealed class UseItNowTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("use-it-now-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Every_step_works_as_it_is_written()
    {
        if (OperatingSystem.IsWindows()) return;
        var blocks = MarkdownBlocks.Of(File.ReadAllText(Path.Combine(SharedData.Repository, "README.md")), "Use it now");
        Assert.Equal(["sh", "xml", "csharp", "sh", "text"], blocks.Select(b => b.Key));

        // The packages that the repository itself is built from stay where they are; what is made here goes where nobody finds it later.
        string[] commands = blocks[0].Value.Split('\n', 2);
        Assert.StartsWith("dotnet pack ", commands[0], StringComparison.Ordinal);
        Shell(SharedData.Repository, commands[0], ownPackages: false);
        Shell(SharedData.Repository, commands[1], ownPackages: true);

        string project = Path.Combine(_home, "Hello", "Hello.csproj");
        string text = File.ReadAllText(project);
        Assert.Contains("</Project>", text, StringComparison.Ordinal);
        File.WriteAllText(project, text.Replace("</Project>", blocks[1].Value + "</Project>", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_home, "Hello", "Program.cs"), blocks[2].Value);
        string output = Shell(Path.Combine(_home, "Hello"), blocks[3].Value, ownPackages: true);
        Assert.Equal(blocks[4].Value, output);
    }

    /// <summary>Runs commands and gives what they wrote to the standard output.</summary>
    private string Shell(string folder, string commands, bool ownPackages)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", commands.Replace("~/", _home + "/", StringComparison.Ordinal)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k.StartsWith("BERT", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (ownPackages) start.Environment["NUGET_PACKAGES"] = Path.Combine(_home, "packages");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{commands}\n{output}\n{errors.GetAwaiter().GetResult()}");
        return output;
    }
}
