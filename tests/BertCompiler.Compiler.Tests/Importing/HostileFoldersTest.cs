using System.Diagnostics;
using BertCompiler.Core.Problems;
using BertCompiler.Testing;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Every malformed model folder ends as golden/hostile/expected.json says, within its limits of time and memory.</summary>
public sealed class HostileFoldersTest
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);
    private const long MostExtraBytes = 64L << 20;

    private static readonly Dictionary<string, HostileCase> Cases =
        HostileCase.Read().ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => new(Cases.Keys);

    [SharedTheory]
    [MemberData(nameof(Ids))]
    public void Folder_ends_as_expected(string id)
    {
        HostileCase expected = Cases[id];
        using var output = new TemporaryFolder();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        ImportResult result = ModelImporter.Import(expected.Folder, new ImportTarget(output.Path, "model"));
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        long inFolder = Directory.GetFiles(expected.Folder).Sum(f => new FileInfo(f).Length);
        Assert.True(took < MostTime, $"took {took}");
        Assert.True(allocated < MostExtraBytes + inFolder, $"allocated {allocated} bytes");
        CheckOutcome(expected, result);
        CheckFiles(result, output);
        foreach (string mark in HostileCase.Marks)
        {
            Assert.False(File.Exists(mark) || File.Exists(Path.Combine("..", mark)) || File.Exists(Path.Combine("/tmp", mark)), $"{mark} was written: something in the folder was executed or unpacked");
        }
    }

    private static void CheckOutcome(HostileCase expected, ImportResult result)
    {
        string all = string.Join("\n", result.Problems);
        bool failed = result.Problems.Any(p => p.Severity == Severity.Error);
        Assert.Equal(failed, !result.Succeeded);
        switch (expected.Outcome)
        {
            case "error":
                Assert.True(failed, "it was imported: " + all);
                break;
            case "warning":
                Assert.False(failed, all);
                break;
            case "error_or_warning":
                Assert.NotEmpty(result.Problems);
                break;
            case "ok":
                Assert.Empty(result.Problems);
                break;
        }

        if (expected.Class is null || (!failed && expected.Outcome == "ok_or_error")) return;
        Problem[] ofClass = [.. result.Problems.Where(p => expected.Accepts(p.Kind.Class))];
        Assert.True(ofClass.Length > 0, $"expected {expected.Class}, found: {all}");
        foreach (string word in expected.Words)
        {
            Assert.True(Array.Exists(ofClass, p => p.ToString().Contains(word, StringComparison.Ordinal)), $"'{word}' is not in: {all}");
        }
    }

    /// <summary>Whole or not at all.</summary>
    private static void CheckFiles(ImportResult result, TemporaryFolder output)
    {
        string?[] files = [.. Directory.GetFiles(output.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
        Assert.Equal(result.Succeeded ? ["model.bertmanifest", "model.bertw"] : [], files);
    }
}
