using System.Globalization;
using BertCompiler.Compiler.Tests.Fuzz.Engine;
using Xunit.Abstractions;

namespace BertCompiler.Compiler.Tests.Fuzz;

/// <summary>
/// Whatever a file holds: it is read, or refused with a declared problem; no other exception, no hang, bounded memory. A bounded run of every
/// parser without coverage; tests/BertCompiler.Fuzz runs the same targets as long as one likes, guided by coverage. BERTCOMPILER_FUZZ_RUNS
/// sets another number of executions.
/// </summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Targets() => new(FuzzTargets.Names);

    [Theory]
    [MemberData(nameof(Targets))]
    public void SpoiledFilesAreReadOrRefused(string name)
    {
        using IFuzzTarget target = FuzzTargets.Create(name);
        Assert.Equal(name, target.Name);
        Assert.NotEmpty(target.Seeds);
        int runs = int.TryParse(Environment.GetEnvironmentVariable("BERTCOMPILER_FUZZ_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : target.BoundedRuns;
        FuzzReport report = new FuzzLoop(target, new FuzzOptions(target.Seeds.Count + runs, MostTime, Seed)).Run();
        output.WriteLine(report.ToString());
        Console.WriteLine(report);
        foreach (FuzzFinding finding in report.Findings)
        {
            string path = Path.Combine(Path.GetTempPath(), $"bertcompiler-{name}-{finding.Signature}.bin");
            File.WriteAllBytes(path, finding.Input);
            output.WriteLine($"{path}: {finding.Details}");
        }

        Assert.Empty(report.Findings.Select(f => f.Signature));
    }
}
