using System.CommandLine;
using BertCompiler.Benchmarks.Tokenizers;
using BertCompiler.Testing;

namespace BertCompiler.Benchmarks.ColdStart;

/// <summary><c>cold-start</c>: from the start of a NativeAOT program to its end, with the first ids in between.</summary>
internal static class ColdStartCommand
{
    public static Command Create()
    {
        Option<int> runs = new("--runs") { Description = "Runs of each program.", DefaultValueFactory = _ => 50 };
        var command = new Command("cold-start", "Time of a whole NativeAOT program that opens a tokenizer and writes a text's ids, beside one that does nothing and one that writes a line. Linux.") { runs };
        command.SetAction(parsed => Run(parsed.GetValue(runs)));
        return command;
    }

    private static int Run(int runs)
    {
        string work = Directory.CreateTempSubdirectory("bert-cold-start-").FullName;
        try
        {
            string large = Path.Combine(work, "vocabulary", "unigram_250k");
            LargeVocabulary.Write(large);
            NativeProgram[] programs =
            [
                NativeProgram.Empty(work),
                NativeProgram.Line(work),
                NativeProgram.Of(SharedData.Require("golden", "tokenizers", "bert_uncased"), work),
                NativeProgram.Of(large, work),
            ];
            Console.WriteLine($"{Report.Cpu()}, .NET {Environment.Version}, NativeAOT, {runs} runs of each, in turn; process start to exit");
            Console.WriteLine();
            Console.WriteLine("| program | MB | packed file MB | median ms | least ms | processor time, median ms | over the empty one |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
            (double Clock, double Processor)[][] times = Measure(programs, runs);
            double empty = Timing.Median(times[0].Select(t => t.Processor));
            foreach ((NativeProgram program, (double Clock, double Processor)[] own) in programs.Zip(times))
            {
                double processor = Timing.Median(own.Select(t => t.Processor));
                Console.WriteLine(FormattableString.Invariant(
                    $"| {program.Name} | {program.Megabytes:F1} | {program.PackedMegabytes:F1} | {Timing.Median(own.Select(t => t.Clock)):F2} | {own.Min(t => t.Clock):F2} | {processor:F2} | {processor - empty:F2} |"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static (double Clock, double Processor)[][] Measure(NativeProgram[] programs, int runs)
    {
        (double Clock, double Processor)[][] times = [.. programs.Select(_ => new (double, double)[runs])];
        for (int run = -1; run < runs; run++)
        {
            for (int p = 0; p < programs.Length; p++)
            {
                double processor = 0;
                double clock = Timing.Of(() => processor = ChildProcess.Run(programs[p].Path));
                if (run >= 0) times[p][run] = (clock, processor); // the first one fills the page cache
            }
        }

        return times;
    }
}
