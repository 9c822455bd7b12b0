using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BertCompiler.Testing;
using BertCompiler.Testing.Oracle;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>One tokenizer against the Hugging Face library over the same texts: rounds of both alternate, medians count.</summary>
internal sealed class TokenizerContest : IDisposable
{
    /// <summary>Texts of one call of the library, and of one batch of ours.</summary>
    private const int BatchTexts = 512;

    private readonly IReadOnlyList<string> _texts;
    private readonly LoadedTokenizer _loaded;
    private readonly HuggingFaceOracle _oracle;
    private readonly int _number;
    private readonly TokenBatch _batch = new();

    public TokenizerContest(string name, IReadOnlyList<string> texts, HuggingFaceOracle oracle)
    {
        Name = name;
        _texts = texts;
        _oracle = oracle;
        string folder = SharedData.Require("golden", "tokenizers", name);
        TokenizerReading reading = TokenizerReader.Read(folder, tableRows: null);
        _loaded = new(reading.Tokenizer ?? throw new InvalidDataException(string.Join('\n', reading.Problems)));
        _number = oracle.Open(Path.Combine(folder, "tokenizer.json"));
    }

    public string Name { get; }

    private Tokenizer Tokenizer => _loaded.Tokenizer;

    /// <summary>Measures it.</summary>
    /// <param name="rounds">Rounds of each side.</param>
    public TokenizerMeasurement Measure(int rounds)
    {
        string hash = Hash();
        Pass();
        OracleTiming theirs = _oracle.Time(_number, BatchTexts, hash: true);
        var ours = new List<double>();
        var library = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Time(Pass));
            library.Add(_oracle.Time(_number, BatchTexts, hash: false).Milliseconds);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        long tokens = Pass();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double both = Median([.. Enumerable.Range(0, rounds).Select(_ => Time(PassOnBothCores))]);
        return new(Name, tokens, Median(ours), both, Median(library), allocated, hash == theirs.Hash);
    }

    public void Dispose() => _loaded.Dispose();

    private static double Time(Func<long> pass)
    {
        long start = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>Encodes all texts and returns their tokens.</summary>
    private long Pass() => Pass(_batch, 0, _texts.Count);

    private long Pass(TokenBatch batch, int from, int to)
    {
        long tokens = 0;
        for (int at = from; at < to; at += BatchTexts)
        {
            batch.Clear();
            for (int i = at; i < Math.Min(at + BatchTexts, to); i++) Tokenizer.Append(_texts[i], int.MaxValue, batch);
            tokens += batch.TokenCount;
        }

        return tokens;
    }

    private long PassOnBothCores()
    {
        long tokens = 0;
        Parallel.For(0, (_texts.Count + BatchTexts - 1) / BatchTexts, () => new TokenBatch(), (part, _, batch) =>
        {
            Interlocked.Add(ref tokens, Pass(batch, part * BatchTexts, Math.Min((part + 1) * BatchTexts, _texts.Count)));
            return batch;
        }, _ => { });
        return tokens;
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in _texts)
        {
            _batch.Clear();
            Tokenizer.Append(text, int.MaxValue, _batch);
            hash.AppendData(MemoryMarshal.AsBytes(_batch.Ids));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
