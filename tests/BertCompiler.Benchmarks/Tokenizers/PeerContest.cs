using BertCompiler.Tokenization;

namespace BertCompiler.Benchmarks.Tokenizers;

/// <summary>A tokenizer against another one for .NET, one thread each, rounds alternating.</summary>
/// <param name="bench">Ours.</param>
/// <param name="peer">The other.</param>
/// <param name="texts">The texts.</param>
internal sealed class PeerContest(BenchTokenizer bench, Peer peer, IReadOnlyList<string> texts)
{
    private const int Openings = 5;

    private readonly int[] _ids = new int[1 << 16];

    /// <summary>Measures it.</summary>
    /// <param name="rounds">Rounds of each side.</param>
    public PeerMeasurement Measure(int rounds)
    {
        double opening = Timing.Median(Enumerable.Range(0, Openings).Select(_ => Timing.ProcessorTimeOf(() => peer.Open()("A first text."))));
        double ourOpening = Timing.Median(Enumerable.Range(0, Openings).Select(_ => Timing.ProcessorTimeOf(() =>
        {
            using Tokenizer ours = bench.Open();
            ours.Count("A first text.");
        })));
        Func<string, IReadOnlyList<int>> encode = peer.Open();
        long tokens = 0;
        int different = 0;
        foreach (string text in texts)
        {
            int count = bench.Tokenizer.EncodeToIds(text, _ids);
            tokens += count;
            if (!_ids.AsSpan(0, count).SequenceEqual([.. encode(text)])) different++;
        }

        Timing.Warm(Ours);
        Timing.Warm(Theirs);
        List<double> ours = [], theirs = [];
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Timing.ProcessorTimeOf(Ours));
            theirs.Add(Timing.ProcessorTimeOf(Theirs));
        }

        return new(peer.Name, bench.Name, tokens, different, texts.Count, Timing.Median(ours), Timing.Median(theirs), ourOpening, opening);

        void Theirs()
        {
            foreach (string text in texts) encode(text);
        }
    }

    private void Ours()
    {
        foreach (string text in texts) bench.Tokenizer.EncodeToIds(text, _ids);
    }
}
