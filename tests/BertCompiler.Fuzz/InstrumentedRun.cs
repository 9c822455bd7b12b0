using System.Diagnostics;
using System.Globalization;
using BertCompiler.Compiler.Tests.Fuzz;
using BertCompiler.Compiler.Tests.Fuzz.Engine;

namespace BertCompiler.Fuzz;

/// <summary>The run itself, in the instrumented copy. A thread of its own ends the process when an execution does not end.</summary>
internal sealed record InstrumentedRun(string Parser, TimeSpan Time, int Seed, string Findings, string Record)
{
    /// <summary>Exit code where findings were written.</summary>
    public const int Found = 1;

    /// <summary>Exit code where an execution did not end.</summary>
    public const int Hung = 3;

    private const string Mark = "--instrumented";

    /// <summary>Longer than the guard's limit: what only is slow is seen by the guard, twice.</summary>
    private static readonly TimeSpan EndAfter = TimeSpan.FromSeconds(30);

    private long _executing;

    /// <summary>The run that a command line of <see cref="Arguments"/> asks for; null: another one.</summary>
    public static InstrumentedRun? TryParse(string[] args) => args is [Mark, var parser, var seconds, var seed, var findings, var record]
        ? new InstrumentedRun(parser, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), int.Parse(seed, CultureInfo.InvariantCulture), findings, record)
        : null;

    /// <summary>The command line.</summary>
    public IReadOnlyList<string> Arguments() =>
        [Mark, Parser, Time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture), Seed.ToString(CultureInfo.InvariantCulture), Findings, Record];

    /// <summary>Runs.</summary>
    public int Run()
    {
        var coverage = new CoverageMap();
        using var record = new InputRecord(Record);
        using IFuzzTarget target = FuzzTargets.Create(Parser);
        new Thread(Watch) { IsBackground = true }.Start();
        FuzzReport report = new FuzzLoop(target, new FuzzOptions(long.MaxValue, Time, Seed) { Before = Begin, Progress = Say }, coverage).Run();
        Volatile.Write(ref _executing, 0);
        Console.WriteLine(report);
        foreach (FuzzFinding finding in report.Findings) FindingFile.Write(Findings, Parser, finding);
        return report.Findings.Count == 0 ? 0 : Found;

        void Begin(byte[] input)
        {
            record.Set(input);
            Volatile.Write(ref _executing, Stopwatch.GetTimestamp());
        }
    }

    private void Say(FuzzReport report)
    {
        Console.WriteLine("  " + report);
        foreach (FuzzFinding finding in report.Findings) FindingFile.Write(Findings, Parser, finding);
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(500);
            long began = Volatile.Read(ref _executing);
            if (began != 0 && Stopwatch.GetElapsedTime(began) > EndAfter) Environment.Exit(Hung);
        }
    }
}
