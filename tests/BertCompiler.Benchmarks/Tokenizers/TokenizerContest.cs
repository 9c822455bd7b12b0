using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BertCompiler.Testing.Oracle;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>A tokenizer against the Hugging Face library over the same texts: rounds of all sides alternate, medians count.</summary>
internal sealed class TokenizerContest
{
    /// <summary>Texts of one call of the library, and of one batch of ours.</summary>
    private const int BatchTexts = 512;

    private readonly BenchTokenizer _bench;
    private readonly string[] _texts;
    private readonly byte[][] _utf8;
    private readonly HuggingFaceOracle _oneThread;
    private readonly HuggingFaceOracle _allThreads;
    private readonly int _number;
    private readonly int _numberOfAll;
    private readonly TokenBatch _batch = new();

    /// <param name="bench">The tokenizer.</param>
    /// <param name="texts">The texts; both processes hold them already.</param>
    /// <param name="oneThread">The library with one thread.</param>
    /// <param name="allThreads">The library with as many threads as there are cores.</param>
    public TokenizerContest(BenchTokenizer bench, IReadOnlyList<string> texts, HuggingFaceOracle oneThread, HuggingFaceOracle allThreads)
    {
        _bench = bench;
        _texts = [.. texts];
        _utf8 = [.. texts.Select(Encoding.UTF8.GetBytes)];
        (_oneThread, _allThreads) = (oneThread, allThreads);
        string file = Path.Combine(bench.Folder, "tokenizer.json");
        (_number, _numberOfAll) = (oneThread.Open(file), allThreads.Open(file));
    }

    /// <summary>Measures it.</summary>
    /// <param name="rounds">Rounds of each side.</param>
    public TokenizerMeasurement Measure(int rounds)
    {
        bool same = HashesAreThoseOf(_oneThread.Time(_number, BatchTexts, hash: true).Hash);
        Timing.Warm(() => Pass(AppendUtf16));
        Timing.Warm(() => Pass(AppendUtf8));
        Timing.Warm(() => Pass(AppendAll));

        List<double> utf16 = [], utf8 = [], both = [], theirs = [], theirsBoth = [];
        for (int i = 0; i < rounds; i++)
        {
            utf16.Add(Timing.ProcessorTimeOf(() => Pass(AppendUtf16)));
            theirs.Add(_oneThread.Time(_number, BatchTexts, hash: false).ProcessorMilliseconds);
            utf8.Add(Timing.ProcessorTimeOf(() => Pass(AppendUtf8)));
            both.Add(Timing.Of(() => Pass(AppendAll)));
            theirsBoth.Add(_allThreads.Time(_numberOfAll, BatchTexts, hash: false).Milliseconds);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        long tokens = Pass(AppendUtf16);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new(_bench.Name, tokens)
        {
            Utf16 = Timing.Median(utf16),
            Utf8 = Timing.Median(utf8),
            AllCores = Timing.Median(both),
            Theirs = Timing.Median(theirs),
            TheirsAllCores = Timing.Median(theirsBoth),
            Allocated = allocated,
            SameIds = same,
        };
    }

    /// <summary>Encodes all texts, batch by batch, and returns their tokens.</summary>
    private long Pass(Action<int, int> append, Action? each = null)
    {
        long tokens = 0;
        for (int at = 0; at < _texts.Length; at += BatchTexts)
        {
            _batch.Clear();
            append(at, Math.Min(at + BatchTexts, _texts.Length));
            tokens += _batch.TokenCount;
            each?.Invoke();
        }

        return tokens;
    }

    private void AppendUtf16(int from, int to)
    {
        for (int i = from; i < to; i++) _bench.Tokenizer.Append(_texts[i], int.MaxValue, _batch);
    }

    private void AppendUtf8(int from, int to)
    {
        for (int i = from; i < to; i++) _bench.Tokenizer.Append(_utf8[i], int.MaxValue, _batch);
    }

    private void AppendAll(int from, int to) => _bench.Tokenizer.AppendAll(new ArraySegment<string>(_texts, from, to - from), int.MaxValue, _batch);

    private bool HashesAreThoseOf(string expected)
    {
        foreach (Action<int, int> append in (Action<int, int>[])[AppendUtf16, AppendUtf8, AppendAll])
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Pass(append, () => hash.AppendData(MemoryMarshal.AsBytes(_batch.Ids)));
            if (Convert.ToHexString(hash.GetHashAndReset()) != expected) return false;
        }

        return true;
    }
}
