using System.Diagnostics;

namespace BertCompiler.Samples.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("search-test-").FullName;

    public string At(string name) => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A named pipe that nobody writes to.</summary>
    public string Pipe(string name)
    {
        using Process process = Process.Start("mkfifo", [At(name)]);
        process.WaitForExit();
        return process.ExitCode == 0 ? At(name) : throw new InvalidOperationException($"mkfifo {At(name)} failed");
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
