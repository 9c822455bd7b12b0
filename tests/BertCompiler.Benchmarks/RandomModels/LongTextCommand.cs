using System.CommandLine;
using BertCompiler.Tool.Compilation;

namespace BertCompiler.Benchmarks.RandomModels;

/// <summary><c>modernbert</c>: ModernBERT of the base size on texts of up to 8,192 tokens, on both engines, and how time grows with length.</summary>
internal static class LongTextCommand
{
    /// <summary>What results may differ by where both engines compute the same network.</summary>
    private const double Tolerance = 1e-3;

    private static readonly int[] _lengths = [128, 512, 2048, 8192];

    public static Command Create()
    {
        Option<int> threads = new("--threads") { Description = "Threads for both sides.", DefaultValueFactory = _ => 1 };
        Option<int> rounds = new("--rounds") { Description = "Interleaved rounds of each case.", DefaultValueFactory = _ => 3 };
        Option<int> longest = new("--longest") { Description = "The longest text, in tokens.", DefaultValueFactory = _ => _lengths[^1] };
        var command = new Command("modernbert", "ModernBERT of the base size with random weights against ONNX Runtime, one text of 128 to 8,192 tokens.") { threads, rounds, longest };
        command.SetAction(parsed =>
        {
            string folder = Path.Combine(Path.GetTempPath(), "bertcompiler-modernbert-" + Guid.NewGuid().ToString("N"));
            string cache = folder + "-compiled";
            try
            {
                ModernBertBase.Save(folder);
                using var comparison = new Comparison(folder, parsed.GetValue(threads), new ModelCache(cache));
                Measurement[] measurements = [.. _lengths.Where(n => n <= parsed.GetValue(longest)).Select(tokens => comparison.Measure(1, tokens, parsed.GetValue(rounds)))];
                if (measurements.FirstOrDefault(m => m.GreatestDifference > Tolerance) is { } other) throw new InvalidDataException(FormattableString.Invariant($"at {other.Tokens} tokens the results differ by {other.GreatestDifference:E1}: the engines do not compute the same network"));
                Report.WriteTable(measurements, parsed.GetValue(threads));
                foreach ((Measurement shorter, Measurement longer) in measurements.Zip(measurements.Skip(1)))
                {
                    double exponent(Func<Measurement, double> time) => Math.Log(time(longer) / time(shorter)) / Math.Log((double)longer.Tokens / shorter.Tokens);
                    Console.WriteLine(FormattableString.Invariant($"from {shorter.Tokens} to {longer.Tokens} tokens time grows with the power {exponent(m => m.Ours):F2}; ONNX Runtime's with {exponent(m => m.Theirs):F2}"));
                }
            }
            finally
            {
                foreach (string made in new[] { folder, cache }.Where(Directory.Exists)) Directory.Delete(made, recursive: true);
            }

            return 0;
        });
        return command;
    }
}
