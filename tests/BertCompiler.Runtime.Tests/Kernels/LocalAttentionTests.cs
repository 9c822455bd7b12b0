using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>Heads of queries that share keys, windows, and rows cut into several items.</summary>
public sealed class LocalAttentionTests
{
    private const float Scale = 0.3f;

    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Heads_of_queries_share_keys(int width)
    {
        foreach ((int heads, int keyHeads, int size) in new[] { (4, 1, 9), (6, 2, 32), (6, 3, 40), (2, 2, 64) })
        {
            using var data = new KernelData(heads);
            Compare(data, width, Batch([5, 1, 33, 70], silent: 0), heads, keyHeads, size, window: -1);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Windows(int width)
    {
        foreach (int window in new[] { 0, 1, 3, 15, 16, 31, 32, 40, 99, 100, int.MaxValue })
        {
            using var data = new KernelData(window);
            Compare(data, width, Batch([1, 2, 17, 100, 64, 45], silent: 20), 2, 1, 9, window);
        }
    }

    /// <summary>600 tokens are two items, and 1,100 are three; their borders lie on no multiple of 32.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Rows_of_a_text_are_cut_into_items(int width)
    {
        using var data = new KernelData();
        Compare(data, width, Batch([600, 3, 1100], silent: 37), 2, 2, 5, window: 40);
    }

    /// <summary>With one thread a head of 2,100 tokens is one item, with four it is two.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Threads_change_no_bit_of_a_long_text(int width)
    {
        using var data = new KernelData();
        using var four = new Crew(4, (SimdWidth)width);
        using var scratch = new AttentionScratch();
        TokenBatch batch = Batch([2100], silent: 5);
        Rows qkv = data.RandomRows(2100, 12, 2f);
        Rows expected = data.Rows(2100, 4);
        Rows context = data.Rows(2100, 4);
        SelfAttention.Apply(new Crew(1, (SimdWidth)width), qkv, batch, 1, 4, Scale, expected, scratch);
        SelfAttention.Apply(four, qkv, batch, 1, 4, Scale, context, scratch);
        SameBits(ToArray(expected), ToArray(context), "four threads");
        Assert.Equal((1, 2, 2), (CutFor(1).Items, CutFor(2).Items, CutFor(4).Items));

        AttentionCut CutFor(int threads) => AttentionCut.For(2100, 2100, AttentionShape.For(qkv, context, 1, 0, 4, 1f, -1, 2100), threads, whole: false);
    }

    /// <summary>The first tokens are padding and lie farther from every key than the window: the guard against a row without keys.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void A_token_with_nothing_to_attend_to_is_zero(int width)
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        TokenBatch batch = Batch([50], silent: 41);
        Rows qkv = data.RandomRows(50, 24);
        Rows context = data.RandomRows(50, 8);
        var tap = new Kept();
        SelfAttention.ApplyWithProbabilities(new Crew(1, (SimdWidth)width), qkv, batch, 1, 8, Scale, context, scratch, tap, window: 3);
        for (int i = 0; i < 50; i++)
        {
            bool hasKeys = i >= 41 - 3;
            Assert.Equal(hasKeys, context[i].ContainsAnyExcept(0f));
            Assert.Equal(hasKeys ? 1 : 0, tap.Probabilities[0].AsSpan(i * 50, 50).ToArray().Sum(), 5);
        }

        Assert.DoesNotContain(ToArray(context), float.IsNaN);
    }

    /// <summary>Padding on the left takes nothing from the bits of the text after it.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Silent_tokens_change_no_bit(int width)
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var crew = new Crew(1, (SimdWidth)width);
        Rows qkv = data.RandomRows(640, 24);
        Rows padded = data.Rows(640, 8);
        Rows alone = data.Rows(607, 8);
        SelfAttention.Apply(crew, qkv, Batch([640], silent: 33), 1, 8, Scale, padded, scratch, window: 21);
        SelfAttention.Apply(crew, qkv.Slice(33, 607), Batch([607], silent: 0), 1, 8, Scale, alone, scratch, window: 21);
        SameBits(ToArray(alone), ToArray(padded.Slice(33, 607)), "padded");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_window_as_long_as_the_text_is_none(int width)
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var crew = new Crew(1, (SimdWidth)width);
        TokenBatch batch = Batch([530], silent: 3);
        Rows qkv = data.RandomRows(530, 24);
        Rows expected = data.Rows(530, 8);
        Rows context = data.Rows(530, 8);
        SelfAttention.Apply(crew, qkv, batch, 1, 8, Scale, expected, scratch);
        foreach (int window in new[] { 529, 530, int.MaxValue })
        {
            SelfAttention.Apply(crew, qkv, batch, 1, 8, Scale, context, scratch, window: window);
            SameBits(ToArray(expected), ToArray(context), $"window {window}");
        }
    }

    [Fact]
    public void Memory_is_that_of_a_window()
    {
        using var data = new KernelData();
        Assert.Equal(BytesFor(2000), BytesFor(4000));

        long BytesFor(int length)
        {
            using var scratch = new AttentionScratch();
            SelfAttention.Apply(new Crew(1), data.Rows(length, 24), Batch([length], silent: 0), 1, 8, Scale, data.Rows(length, 8), scratch, window: 64);
            return scratch.Bytes;
        }
    }

    /// <summary>Distances know which keys of a text an item and a tile begin with.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Windows_and_distances(int width)
    {
        using var data = new KernelData();
        PackedTable table = data.Table(32, 2);
        PackedMatrix vectors = data.Matrix(5, 1399);
        Compare(data, width, Batch([700, 70], silent: 9), 2, 1, 5, 40, new DistanceBuckets(table), (head, i, j, _, _) => At(table, DistanceBuckets.BucketOf(j - i), head) / Scale);
        Compare(data, width, Batch([700, 70], silent: 9), 2, 1, 5, 40, new RelativeKeyQuery(vectors), (_, i, j, q, k) =>
        {
            double sum = 0;
            for (int d = 0; d < 5; d++) sum += (q[d] + (double)k[d]) * KernelData.At(vectors, d, i - j + 699);
            return sum;
        });
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var crew = new Crew(1);
        TokenBatch batch = Batch([2], silent: 0);
        Rows context = data.Rows(2, 24);
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, data.Rows(2, 64), batch, 6, 4, 1f, context, scratch, keyValueHeads: 5));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, data.Rows(2, 72), batch, 6, 4, 1f, context, scratch, keyValueHeads: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SelfAttention.Apply(crew, data.Rows(2, 72), batch, 6, 4, 1f, context, scratch, keyValueHeads: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SelfAttention.Apply(crew, data.Rows(2, 72), batch, 6, 4, 1f, context, scratch, window: -2));
    }

    private static unsafe double At(PackedTable table, int row, int column) => table.Values[((long)row * table.Stride) + column];

    /// <summary>Sequences of these lengths, the last of which begins with silent tokens.</summary>
    private static TokenBatch Batch(int[] lengths, int silent)
    {
        var batch = new TokenBatch();
        foreach (int length in lengths) batch.Add(new int[length]);
        if (silent > 0) batch.SilenceFirst(silent);
        return batch;
    }

    private static void Compare(KernelData data, int width, TokenBatch batch, int heads, int keyHeads, int size, int window) =>
        Compare(data, width, batch, heads, keyHeads, size, window, default(NoRelativePositions), (_, _, _, _, _) => 0);

    private static void Compare<TDistances>(
        KernelData data, int width, TokenBatch batch, int heads, int keyHeads, int size, int window, TDistances distances, DistanceScore more)
        where TDistances : struct, IRelativePositions
    {
        using var scratch = new AttentionScratch();
        using var two = new Crew(2, (SimdWidth)width);
        Rows qkv = data.RandomRows(batch.TokenCount, (heads + (2 * keyHeads)) * size, 2f);
        Rows context = data.RandomRows(batch.TokenCount, heads * size);
        Rows scalar = data.RandomRows(batch.TokenCount, heads * size);
        Rows tapped = data.RandomRows(batch.TokenCount, heads * size);
        var tap = new Kept();
        SelfAttention.Apply(two, qkv, batch, heads, size, Scale, context, scratch, distances, keyHeads, window);
        SelfAttention.Apply(new Crew(1, SimdWidth.Scalar), qkv, batch, heads, size, Scale, scalar, scratch, distances, keyHeads, window);
        SelfAttention.ApplyWithProbabilities(two, qkv, batch, heads, size, Scale, tapped, scratch, tap, distances, keyHeads, window);
        SameBits(ToArray(scalar), ToArray(context), $"width {width}, window {window}");
        SameBits(ToArray(scalar), ToArray(tapped), $"with probabilities, width {width}, window {window}");
        for (int b = 0; b < batch.Count; b++)
        {
            Rows part = qkv.Slice(batch.Offsets[b], batch.LengthOf(b));
            int firstKey = batch.SilentTokens.IsEmpty ? 0 : batch.SilentTokens[b];
            for (int head = 0; head < heads; head++)
            {
                float[] probabilities = tap.Probabilities[(b * heads) + head];
                int keyColumn = (heads + (head / (heads / keyHeads))) * size;
                for (int i = 0; i < part.Count; i++)
                {
                    double[] expected = Probabilities(part, i, head * size, keyColumn, size, firstKey, window, (j, q, k) => more(head, i, j, q, k));
                    for (int j = 0; j < part.Count; j++) Near(expected[j], probabilities[(i * part.Count) + j], 1e-5, $"sequence {b}, head {head}, probability {i}, {j}");
                    for (int d = 0; d < size; d++)
                    {
                        double exact = 0;
                        for (int j = 0; j < part.Count; j++) exact += expected[j] * part[j][keyColumn + (keyHeads * size) + d];

                        // Values are at most 2, scores some ±20, each off by 50 roundings of that size.
                        Near(exact, context[batch.Offsets[b] + i][(head * size) + d], 4e-5, $"sequence {b}, head {head}, token {i}, {d}");
                    }
                }
            }
        }
    }

    private static double[] Probabilities(Rows part, int i, int queryColumn, int keyColumn, int size, int firstKey, int window, Func<int, float[], float[], double> more)
    {
        double[] p = new double[part.Count];
        float[] q = part[i].Slice(queryColumn, size).ToArray();
        for (int j = firstKey; j < p.Length; j++)
        {
            if (window >= 0 && Math.Abs(i - j) > window) continue;
            float[] k = part[j].Slice(keyColumn, size).ToArray();
            double score = more(j, q, k);
            for (int d = 0; d < size; d++) score += (double)q[d] * k[d];
            p[j] = Math.Exp(score * Scale);
        }

        double sum = p.Sum();
        return sum == 0 ? p : [.. p.Select(x => x / sum)];
    }

    private delegate double DistanceScore(int head, int query, int key, float[] q, float[] k);

    private sealed class Kept : IAttentionTap
    {
        public List<float[]> Probabilities { get; } = [];

        public void Accept(int sequence, int head, Rows probabilities) => Probabilities.Add(ToArray(probabilities));
    }
}
