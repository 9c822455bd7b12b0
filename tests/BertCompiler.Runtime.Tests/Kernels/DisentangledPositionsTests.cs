using System.Text.Json;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class DisentangledPositionsTests
{
    private const int Size = 9;
    private const int Heads = 3;
    private const float Scale = 0.2f;

    public static TheoryData<int> Widths => KernelData.Widths;

    [SharedFact]
    public void Buckets_are_Hugging_Faces()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden", "models_beyond", "deberta_buckets.json")));
        int tables = 0;
        foreach (JsonElement table in json.RootElement.GetProperty("tables").EnumerateArray())
        {
            tables++;
            int buckets = table.GetProperty("position_buckets").GetInt32();
            int maxDistance = table.GetProperty("max_position").GetInt32();
            int distance = table.GetProperty("first_distance").GetInt32();
            foreach (JsonElement bucket in table.GetProperty("buckets").EnumerateArray())
            {
                Assert.True(bucket.GetInt32() == DisentangledBuckets.BucketOf(distance, buckets, maxDistance), $"{buckets}/{maxDistance}: distance {distance}");
                Assert.True(-bucket.GetInt32() == DisentangledBuckets.BucketOf(-distance, buckets, maxDistance), $"{buckets}/{maxDistance}: distance −{distance}");
                distance++;
            }
        }

        Assert.Equal(9, tables);
    }

    /// <summary>From the definition, in float64: buckets of 8 over 30 positions.</summary>
    [Fact]
    public void Buckets_widen()
    {
        for (int distance = -60; distance <= 60; distance++) Assert.Equal(BucketOf(distance, 8, 30), DisentangledBuckets.BucketOf(distance, 8, 30));
        Assert.Equal([0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 6], Enumerable.Range(0, 11).Select(d => DisentangledBuckets.BucketOf(d, 8, 30)));
        Assert.Equal(-77, DisentangledBuckets.BucketOf(-77, 0, 30));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Both_terms(int width) => Compare(width, Batch(), 16, 50, withKeys: true, withQueries: true);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Keys_of_distances(int width) => Compare(width, Batch(), 40, 90, withKeys: true, withQueries: false);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Queries_of_distances(int width) => Compare(width, Batch(), 40, 90, withKeys: false, withQueries: true);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Without_buckets(int width)
    {
        Compare(width, Batch(), 0, 0, withKeys: true, withQueries: true, span: 10);
        Compare(width, Batch(), -1, 512, withKeys: true, withQueries: true, span: 300);
    }

    /// <summary>An odd number of buckets, and one whose logarithm plays no part.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Few_buckets(int width)
    {
        Compare(width, Batch(), 7, 20, withKeys: true, withQueries: true);
        Compare(width, Batch(), 2, 20, withKeys: true, withQueries: true);
        Compare(width, Batch(), 3, 20, withKeys: true, withQueries: true);
    }

    /// <summary>Positions in any order and at any distance, beside a text whose tokens stand one after the other.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Tokens_stand_anywhere(int width)
    {
        var batch = new TokenBatch();
        batch.Add(new int[40]);
        batch.Add(new int[6], positions: [9, 3, int.MaxValue, 4, 0, 4]);
        batch.Add(new int[30]);
        batch.SilenceFirst(3);
        Compare(width, batch, 16, 50, withKeys: true, withQueries: true);
        Compare(width, batch, 0, 0, withKeys: true, withQueries: true, span: 10);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Windows(int width) => Compare(width, Batch(620), 16, 50, withKeys: true, withQueries: true, window: 21);

    /// <summary>A text has the same bits beside others, and where the company makes all places be looked up one by one.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void A_sequence_has_the_same_bits_in_any_company(int width)
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var distances = new DisentangledPositions(data.Table(32, Heads * Size), data.Table(32, Heads * Size), 16, 50);
        Rows qkv = data.RandomRows(77, 3 * Heads * Size, 2f);
        Rows expected = data.Rows(70, Heads * Size);
        Rows context = data.Rows(77, Heads * Size);
        var batch = new TokenBatch();
        batch.Add(new int[70]);
        var crew = new Crew(1, (SimdWidth)width);
        SelfAttention.Apply(crew, qkv.Slice(0, 70), batch, Heads, Size, Scale, expected, scratch, distances);
        foreach (int[] positions in new int[][] { [0, 1, 2, 3, 4, 5, 6], [5, 0, 200, 1, 1, 9, 3] })
        {
            batch.Clear();
            batch.Add(new int[70]);
            batch.Add(new int[7], positions: positions);
            SelfAttention.Apply(crew, qkv, batch, Heads, Size, Scale, context, scratch, distances);
            SameBits(ToArray(expected), ToArray(context.Slice(0, 70)), $"beside positions {string.Join(", ", positions)}");
        }
    }

    /// <summary>As many products as there are buckets, not as there are distances: twice the text needs twice the memory.</summary>
    [Fact]
    public void Memory_is_linear()
    {
        using var data = new KernelData();
        PackedTable table = data.Table(16, 8);
        Assert.InRange(BytesFor(2000) / (double)BytesFor(1000), 1, 2);

        long BytesFor(int length)
        {
            using var scratch = new AttentionScratch();
            var batch = new TokenBatch();
            batch.Add(new int[length]);
            SelfAttention.Apply(new Crew(1), data.Rows(length, 24), batch, 1, 8, Scale, data.Rows(length, 8), scratch, new DisentangledPositions(table, table, 8, 32));
            return scratch.Bytes;
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var batch = new TokenBatch();
        batch.Add([1, 1]);
        Rows qkv = data.Rows(2, 24);
        Rows context = data.Rows(2, 8);
        foreach (DisentangledPositions wrong in new[]
        {
            new DisentangledPositions(data.Table(16, 8), data.Table(18, 8), 0, 0),
            new DisentangledPositions(data.Table(16, 7), default, 0, 0),
            new DisentangledPositions(default, data.Table(16, 9), 0, 0),
            new DisentangledPositions(data.Table(15, 8), default, 0, 0),
            new DisentangledPositions(default, default, 0, 0),
            new DisentangledPositions(data.Table(16, 8), default, 9, 40),
            new DisentangledPositions(data.Table(16, 8), default, 8, 5),
            new DisentangledPositions(data.Table(2, 8), default, 1, 5),
        })
        {
            Assert.Throws<ArgumentException>(() => SelfAttention.Apply(new Crew(1), qkv, batch, 2, 4, 1f, context, scratch, wrong));
        }
    }

    /// <summary>Several sequences, one of a single token, one that begins with tokens that nothing attends to.</summary>
    private static TokenBatch Batch(int last = 60)
    {
        var batch = new TokenBatch();
        foreach (int length in new[] { 1, 5, 33, 130 }) batch.Add(new int[length]);
        batch.Add(new int[last]);
        batch.SilenceFirst(7);
        return batch;
    }

    private static int BucketOf(int distance, int buckets, int maxDistance)
    {
        int middle = buckets / 2;
        int size = Math.Abs(distance);
        if (buckets <= 0 || size <= middle) return distance;
        return Math.Sign(distance) * ((int)Math.Ceiling(Math.Log((double)size / middle) / Math.Log((maxDistance - 1.0) / middle) * (middle - 1)) + middle);
    }

    private static void Compare(int width, TokenBatch batch, int buckets, int maxDistance, bool withKeys, bool withQueries, int span = 0, int window = -1)
    {
        using var data = new KernelData(buckets + 2);
        using var scratch = new AttentionScratch();
        using var two = new Crew(2, (SimdWidth)width);
        if (span == 0) span = buckets;
        PackedTable keys = withKeys ? data.Table(2 * span, Heads * Size) : default;
        PackedTable queries = withQueries ? data.Table(2 * span, Heads * Size) : default;
        var distances = new DisentangledPositions(keys, queries, buckets, maxDistance);
        Rows qkv = data.RandomRows(batch.TokenCount, 3 * Heads * Size, 2f);
        Rows context = data.Rows(batch.TokenCount, Heads * Size);
        Rows scalar = data.Rows(batch.TokenCount, Heads * Size);
        SelfAttention.Apply(two, qkv, batch, Heads, Size, Scale, context, scratch, distances, window: window);
        SelfAttention.Apply(new Crew(1, SimdWidth.Scalar), qkv, batch, Heads, Size, Scale, scalar, scratch, distances, window: window);
        SameBits(ToArray(scalar), ToArray(context), $"width {width}");
        for (int b = 0; b < batch.Count; b++)
        {
            for (int head = 0; head < Heads; head++)
            {
                for (int i = 0; i < batch.LengthOf(b); i++)
                {
                    double[] p = Probabilities(b, head, i);
                    for (int d = 0; d < Size; d++)
                    {
                        double exact = 0;
                        for (int j = 0; j < p.Length; j++) exact += p[j] * qkv[batch.Offsets[b] + j][(((2 * Heads) + head) * Size) + d];

                        // Values are at most 2; scores at most 9·(4 + 2 + 2)·0.2, each off by some 30 roundings of that size.
                        Near(exact, context[batch.Offsets[b] + i][(head * Size) + d], 2e-5, $"sequence {b}, head {head}, token {i}, {d}");
                    }
                }
            }
        }

        double[] Probabilities(int b, int head, int i)
        {
            int start = batch.Offsets[b];
            double[] p = new double[batch.LengthOf(b)];
            for (int j = batch.SilentTokens[b]; j < p.Length; j++)
            {
                if (window >= 0 && Math.Abs(i - j) > window) continue;
                long distance = (long)batch.Positions[start + i] - batch.Positions[start + j];
                int row = Math.Clamp(BucketOf((int)Math.Clamp(distance, -100_000, 100_000), buckets, maxDistance) + span, 0, (2 * span) - 1);
                double score = 0;
                for (int d = 0; d < Size; d++)
                {
                    double q = qkv[start + i][(head * Size) + d];
                    double k = qkv[start + j][((Heads + head) * Size) + d];
                    score += q * k;
                    if (withKeys) score += q * At(keys, row, (head * Size) + d);
                    if (withQueries) score += k * At(queries, row, (head * Size) + d);
                }

                p[j] = Math.Exp(score * Scale);
            }

            double sum = p.Sum();
            return sum == 0 ? p : [.. p.Select(x => x / sum)];
        }
    }

    private static unsafe double At(PackedTable table, int row, int column) => table.Values[((long)row * table.Stride) + column];
}
