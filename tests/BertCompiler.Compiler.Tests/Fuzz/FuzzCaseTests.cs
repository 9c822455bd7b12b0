using BertCompiler.Compiler.Tests.Fuzz.Engine;
using BertCompiler.Testing;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>Inputs that a parser did not stand once; Cases/README.md says what was wrong.</summary>
public sealed class FuzzCaseTests
{
    private static readonly string Folder = Path.Combine(SharedData.Repository, "tests", "BertCompiler.Compiler.Tests", "Fuzz", "Cases");

    private static IEnumerable<string> Cases => Directory.GetFiles(Folder, "*.bin", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [Fact]
    public void ParsersStandWhatTheyOnceDidNot()
    {
        var fallen = new List<string>();
        foreach (string path in Cases)
        {
            using IFuzzTarget parser = FuzzTargets.Create(Path.GetFileName(Path.GetDirectoryName(path)!));
            if (FuzzGuard.Run(parser, File.ReadAllBytes(path)) is { } finding) fallen.Add($"{path}: {finding.Details}");
        }

        Assert.Empty(fallen);
    }

    [Fact]
    public void EveryCaseIsExplained()
    {
        string notes = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.All(Cases, path => Assert.Contains(Path.GetRelativePath(Folder, path).Replace('\\', '/'), notes, StringComparison.Ordinal));
    }
}
