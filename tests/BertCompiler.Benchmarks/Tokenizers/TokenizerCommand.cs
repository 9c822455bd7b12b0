using System.CommandLine;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary><c>tokenizers</c>: text to ids, against the Hugging Face library and other tokenizers for .NET.</summary>
internal static class TokenizerCommand
{
    private static readonly string[] _names = ["bert_uncased", "roberta_gpt2bpe", "xlmr"];
    private static readonly string[] _parts = ["throughput", "peers", "scaling"];

    public static Command Create()
    {
        Argument<string[]> parts = new("parts") { Description = $"What is measured: {string.Join(", ", _parts)}; default: all.", Arity = ArgumentArity.ZeroOrMore };
        parts.AcceptOnlyFromAmong(_parts);
        Option<int> rounds = new("--rounds") { Description = "Rounds of each side.", DefaultValueFactory = _ => 9 };
        Option<int> lines = new("--lines") { Description = "Lines of text, taken evenly from the shared corpora.", DefaultValueFactory = _ => 20_000 };
        var command = new Command("tokenizers", "BertCompiler's tokenizers against others: the same texts to ids, rounds alternating, medians. Exit code 1: ids differ from the Hugging Face library's.") { parts, rounds, lines };
        command.SetAction(parsed => Run(parsed.GetValue(parts) is { Length: > 0 } some ? some : _parts, parsed.GetValue(rounds), parsed.GetValue(lines)));
        return command;
    }

    private static int Run(string[] parts, int rounds, int lines)
    {
        string work = Directory.CreateTempSubdirectory("bert-benchmark-").FullName;
        try
        {
            IReadOnlyList<string> texts = CorpusLines.Take(lines);
            TokenizerReport.WriteMachine(texts);
            string cache = Path.Combine(work, "cache");
            bool same = true;
            if (parts.Contains("throughput")) same = Throughput(work, cache, texts, rounds);
            if (parts.Contains("peers")) ComparePeers(cache, texts, rounds);
            if (parts.Contains("scaling")) Scale(cache);
            return same ? 0 : 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static bool Throughput(string work, string cache, IReadOnlyList<string> texts, int rounds)
    {
        Console.WriteLine();
        if (HuggingFaceOracle.Missing is { } reason)
        {
            Console.WriteLine($"Against the Hugging Face library: skipped; {reason}");
            return true;
        }

        using var oneThread = new HuggingFaceOracle();
        using var allThreads = new HuggingFaceOracle(Environment.ProcessorCount);
        oneThread.Keep(texts);
        allThreads.Keep(texts);
        string large = Path.Combine(work, "unigram_250k");
        LargeVocabulary.Write(large);
        TokenizerReport.WriteHead();
        bool same = true;
        foreach (string folder in (string[])[.. _names.Select(n => SharedData.Require("golden", "tokenizers", n)), large])
        {
            using BenchTokenizer bench = BenchTokenizer.Compile(folder, cache);
            TokenizerMeasurement measured = new TokenizerContest(bench, texts, oneThread, allThreads).Measure(rounds);
            TokenizerReport.Write(measured);
            same &= measured.SameIds;
        }

        return same;
    }

    private static void ComparePeers(string cache, IReadOnlyList<string> texts, int rounds)
    {
        Console.WriteLine();
        TokenizerReport.WritePeerHead();
        foreach (Peer peer in Peers.All)
        {
            using BenchTokenizer bench = BenchTokenizer.Compile(SharedData.Require("golden", "tokenizers", peer.Folder), cache);
            TokenizerReport.Write(new PeerContest(bench, peer, texts).Measure(rounds));
        }
    }

    private static void Scale(string cache)
    {
        Console.WriteLine();
        Scaling.WriteHead();
        foreach (string name in _names)
        {
            using BenchTokenizer bench = BenchTokenizer.Compile(SharedData.Require("golden", "tokenizers", name), cache);
            Scaling.Run(bench);
        }
    }
}
