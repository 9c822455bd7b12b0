using System.Diagnostics;
using BertCompiler.Compiler.Tests.Fuzz.Engine;

namespace BertCompiler.Fuzz;

/// <summary>Runs the instrumented copy for a parser, again and again if inputs end it, until the time is over.</summary>
/// <param name="program">Path of the instrumented copy.</param>
/// <param name="parser">What is fuzzed.</param>
/// <param name="findings">Folder for findings.</param>
internal sealed class FuzzSession(string program, string parser, string findings)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>Runs; true: the parser stood it.</summary>
    public bool Run(TimeSpan time, int seed)
    {
        string record = Path.GetTempFileName();
        try
        {
            long started = Stopwatch.GetTimestamp();
            bool stood = true;
            for (TimeSpan left = time; left > Least; left = time - Stopwatch.GetElapsedTime(started), seed++)
            {
                Console.WriteLine($"{parser}: seed {seed}, {left.TotalSeconds:N0} s");
                int code = RunOnce(new InstrumentedRun(parser, left, seed, findings, record));
                stood &= code == 0;
                if (code is 0 or InstrumentedRun.Found) break;
                using var last = new InputRecord(record);
                string what = code == InstrumentedRun.Hung ? "hang" : $"ended-with-{code}";
                FindingFile.Write(findings, parser, new FuzzFinding($"{what}-{seed}", $"the process ended with exit code {code}: {what}", last.Get()));
            }

            return stood;
        }
        finally
        {
            File.Delete(record);
        }
    }

    private static int RunOnce(string program, InstrumentedRun run)
    {
        using Process process = Process.Start("dotnet", [program, .. run.Arguments()]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private int RunOnce(InstrumentedRun run) => RunOnce(program, run);
}
