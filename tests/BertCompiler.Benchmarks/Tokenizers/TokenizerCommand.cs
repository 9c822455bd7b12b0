using System.CommandLine;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary><c>tokenizers</c>: text to ids, against the Hugging Face library.</summary>
internal static class TokenizerCommand
{
    private static readonly string[] _names = ["bert_uncased", "roberta_gpt2bpe", "xlmr"];

    public static Command Create()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of each side.", DefaultValueFactory = _ => 9 };
        Option<int> lines = new("--lines") { Description = "Lines of text, taken evenly from the shared corpora.", DefaultValueFactory = _ => 20_000 };
        var command = new Command("tokenizers", "BertCompiler's tokenizers against the Hugging Face library: the same texts to ids, interleaved, medians.") { rounds, lines };
        command.SetAction(parsed => Run(parsed.GetValue(rounds), parsed.GetValue(lines)));
        return command;
    }

    private static int Run(int rounds, int lines)
    {
        if (HuggingFaceOracle.Missing is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        IReadOnlyList<string> texts = CorpusLines.Take(lines);
        using var oracle = new HuggingFaceOracle();
        oracle.Keep(texts);
        var measurements = new List<TokenizerMeasurement>();
        foreach (string name in _names)
        {
            using var contest = new TokenizerContest(name, texts, oracle);
            measurements.Add(contest.Measure(rounds));
        }

        TokenizerReport.Write(measurements, texts);
        return measurements.TrueForAll(m => m.SameIds) ? 0 : 1;
    }
}
