using System.Text.Json;
using BertCompiler.Kernels;
using BertCompiler.Testing;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class RelativePositionsTests
{
    private const int Places = 90;

    public static TheoryData<int> Widths => KernelData.Widths;

    [SharedFact]
    public void Buckets_are_Hugging_Faces()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden", "models", "mpnet_buckets.json")));
        int distance = json.RootElement.GetProperty("first").GetInt32();
        foreach (JsonElement bucket in json.RootElement.GetProperty("buckets").EnumerateArray())
        {
            Assert.True(bucket.GetInt32() == DistanceBuckets.BucketOf(distance), $"distance {distance}");
            distance++;
        }

        Assert.Equal((15, 31), (DistanceBuckets.BucketOf(int.MinValue + 1), DistanceBuckets.BucketOf(int.MaxValue)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Buckets(int width)
    {
        using var data = new KernelData();
        PackedTable table = data.Table(32, 3);
        Compare(data, width, new DistanceBuckets(table), (raw, head, i, j, scale) => (raw * scale) + At(table, DistanceBuckets.BucketOf(j - i), head), placesMatter: false);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Distances_times_queries(int width)
    {
        using var data = new KernelData();
        PackedMatrix distances = data.Matrix(Size, (2 * Places) - 1);
        Compare(data, width, new RelativeKey(distances), (raw, _, _, _, scale) => raw * scale, placesMatter: true, distances, keys: false);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Distances_times_queries_and_keys(int width)
    {
        using var data = new KernelData();
        PackedMatrix distances = data.Matrix(Size, (2 * Places) - 1);
        Compare(data, width, new RelativeKeyQuery(distances), (raw, _, _, _, scale) => raw * scale, placesMatter: true, distances, keys: true);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var crew = new Crew(1);
        var batch = new TokenBatch();
        batch.Add([1, 1], positions: [0, 9]);
        Rows qkv = data.Rows(2, 24);
        Rows context = data.Rows(2, 8);
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, batch, 2, 4, 1f, context, scratch, new RelativeKey(data.Matrix(5, 9))));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, batch, 2, 4, 1f, context, scratch, new RelativeKey(data.Matrix(4, 9))));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, batch, 2, 4, 1f, context, scratch, new DistanceBuckets(data.Table(31, 2))));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, batch, 2, 4, 1f, context, scratch, new DistanceBuckets(data.Table(32, 3))));
    }

    private const int Size = 9;
    private const int Heads = 3;

    /// <summary>Several sequences: whole ones, one whose tokens stand apart, and one that begins with tokens that nothing attends to.</summary>
    private static void Compare<TDistances>(
        KernelData data, int width, TDistances distances, Func<double, int, int, int, float, double> score, bool placesMatter, PackedMatrix vectors = default, bool keys = false)
        where TDistances : struct, IRelativePositions
    {
        const float scale = 0.3f;
        var batch = new TokenBatch();
        foreach (int length in new[] { 1, 5, 33, 70 }) batch.Add(new int[length]);
        batch.Add(new int[4], positions: placesMatter ? [0, 3, 4, 80] : default);
        batch.Add(new int[20]);
        batch.SilenceFirst(3);
        Rows qkv = data.RandomRows(batch.TokenCount, 3 * Heads * Size, 2f);
        Rows context = data.Rows(batch.TokenCount, Heads * Size);
        Rows scalar = data.Rows(batch.TokenCount, Heads * Size);
        using var scratch = new AttentionScratch();
        SelfAttention.Apply(new Crew(2, (SimdWidth)width), qkv, batch, Heads, Size, scale, context, scratch, distances);
        SelfAttention.Apply(new Crew(1, SimdWidth.Scalar), qkv, batch, Heads, Size, scale, scalar, scratch, distances);
        SameBits(ToArray(scalar), ToArray(context), $"width {width}");
        for (int b = 0; b < batch.Count; b++)
        {
            int start = batch.Offsets[b];
            int first = b == batch.Count - 1 ? 3 : 0;
            for (int head = 0; head < Heads; head++)
            {
                for (int i = 0; i < batch.LengthOf(b); i++)
                {
                    double[] p = new double[batch.LengthOf(b)];
                    for (int j = first; j < p.Length; j++)
                    {
                        double raw = 0;
                        for (int d = 0; d < Size; d++)
                        {
                            double q = qkv[start + i][(head * Size) + d];
                            double k = qkv[start + j][((Heads + head) * Size) + d];
                            double e = vectors.Inputs == 0 ? 0 : KernelData.At(vectors, d, batch.Positions[start + i] - batch.Positions[start + j] + Places - 1);
                            raw += (q * k) + (q * e) + (keys ? k * e : 0);
                        }

                        p[j] = Math.Exp(score(raw, head, i, j, scale));
                    }

                    double sum = p.Sum();
                    for (int d = 0; d < Size; d++)
                    {
                        double exact = 0;
                        for (int j = first; j < p.Length; j++) exact += p[j] / sum * qkv[start + j][((2 * Heads) + head) * Size + d];

                        // Values are at most 2; scores at most 9·(4+4)·0.3, each off by some 30 roundings of that size.
                        Near(exact, context[start + i][(head * Size) + d], 2e-5, $"sequence {b}, head {head}, token {i}, {d}");
                    }
                }
            }
        }
    }

    private static unsafe double At(PackedTable table, int row, int column) => table.Values[((long)row * table.Stride) + column];
}
