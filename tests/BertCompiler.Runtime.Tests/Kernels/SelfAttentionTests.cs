using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class SelfAttentionTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length(int width)
    {
        for (int length = 1; length <= 256; length += length < 70 ? 1 : 17) Compare(width, [length], 2, 8, 0.35f);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Shapes_of_Bert(int width)
    {
        foreach ((int heads, int size) in new[] { (12, 3), (4, 9), (12, 28), (12, 32), (2, 64), (1, 128), (3, 1), (2, 37) })
        {
            Compare(width, [5, 1, 17, 33, 2], heads, size, 1f);
        }

        Compare(width, [512, 3], 1, 32, 0.17f);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_sequence_has_the_same_bits_in_any_company(int width)
    {
        using var data = new KernelData();
        using var two = new Crew(2, (SimdWidth)width);
        using var scratch = new AttentionScratch();
        int[] lengths = [20, 1, 64, 7, 130, 33];
        int[] offsets = Offsets(lengths);
        Rows qkv = data.RandomRows(offsets[^1], 3 * 96);
        Rows all = data.Rows(offsets[^1], 96);
        SelfAttention.Apply(two, qkv, offsets, 3, 32, 0.2f, all, scratch);
        for (int i = 0; i < lengths.Length; i++)
        {
            using var fresh = new AttentionScratch();
            Rows alone = data.Rows(lengths[i], 96);
            SelfAttention.Apply(new Crew(1, (SimdWidth)width), qkv.Slice(offsets[i], lengths[i]), [0, lengths[i]], 3, 32, 0.2f, alone, fresh);
            SameBits(ToArray(all.Slice(offsets[i], lengths[i])), ToArray(alone), $"sequence {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Large_scores_do_not_overflow(int width)
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        Rows qkv = data.RandomRows(40, 3 * 16, 1000f);
        Rows context = data.Rows(40, 16);
        SelfAttention.Apply(new Crew(1, (SimdWidth)width), qkv, [0, 40], 1, 16, 1f, context, scratch);
        foreach (float value in ToArray(context)) Assert.InRange(value, -1000.1f, 1000.1f);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        using var scratch = new AttentionScratch();
        var crew = new Crew(1);
        Rows qkv = data.Rows(4, 24);
        Rows context = data.Rows(4, 8);
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [0, 5], 2, 4, 1f, context, scratch));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [0, 2, 2, 4], 2, 4, 1f, context, scratch));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [1, 4], 2, 4, 1f, context, scratch));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [], 2, 4, 1f, context, scratch));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [0, 4], 2, 5, 1f, context, scratch));
        Assert.Throws<ArgumentException>(() => SelfAttention.Apply(crew, qkv, [0, 4], 2, 4, 1f, data.Rows(3, 8), scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => SelfAttention.Apply(crew, qkv, [0, 4], 0, 4, 1f, context, scratch));
        SelfAttention.Apply(crew, data.Rows(0, 24), [0], 2, 4, 1f, data.Rows(0, 8), scratch);
    }

    private static void Compare(int width, int[] lengths, int heads, int size, float scale)
    {
        using var data = new KernelData((lengths[0] * 100) + size);
        using var scratch = new AttentionScratch();
        int[] offsets = Offsets(lengths);
        int hidden = heads * size;
        Rows qkv = data.RandomRows(offsets[^1], 3 * hidden, 2f);
        Rows context = data.Rows(offsets[^1], hidden);
        Rows scalar = data.Rows(offsets[^1], hidden);
        Rows tapped = data.Rows(offsets[^1], hidden);
        var crew = new Crew(1, (SimdWidth)width);
        SelfAttention.Apply(crew, qkv, offsets, heads, size, scale, context, scratch);
        SelfAttention.Apply(new Crew(1, SimdWidth.Scalar), qkv, offsets, heads, size, scale, scalar, scratch);
        SameBits(ToArray(scalar), ToArray(context), $"width {width}");
        var tap = new Expected(qkv, offsets, heads, size, scale, context);
        SelfAttention.ApplyWithProbabilities(crew, qkv, offsets, heads, size, scale, tapped, scratch, tap);
        SameBits(ToArray(context), ToArray(tapped), "with probabilities");
        Assert.Equal(lengths.Length * heads, tap.Calls);
    }

    /// <summary>Compares probabilities and context with float64, one sequence and head at a time.</summary>
    private sealed class Expected(Rows qkv, int[] offsets, int heads, int size, float scale, Rows context) : IAttentionTap
    {
        public int Calls { get; private set; }

        public void Accept(int sequence, int head, Rows probabilities)
        {
            Assert.Equal(Calls, (sequence * heads) + head);
            Calls++;
            int start = offsets[sequence];
            int length = offsets[sequence + 1] - start;
            int hidden = heads * size;
            Assert.Equal((length, length), (probabilities.Count, probabilities.Columns));
            double[] p = new double[length];
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                double magnitude = 0;
                for (int j = 0; j < length; j++)
                {
                    double score = 0;
                    double terms = 0;
                    for (int d = 0; d < size; d++)
                    {
                        double term = (double)qkv[start + i][(head * size) + d] * qkv[start + j][hidden + (head * size) + d];
                        score += term;
                        terms += Math.Abs(term);
                    }

                    p[j] = Math.Exp(score * scale);
                    magnitude = Math.Max(magnitude, terms * scale);
                    sum += p[j];
                }

                // A score is off by (D+2)·u of its terms, an exponential by as much again and 2 ulp, the sum by n/16 + 4 roundings.
                double relative = ((2 * (size + 2) * magnitude) + 8 + (length / 8.0)) / (1 << 24);
                for (int j = 0; j < length; j++) Near(p[j] / sum, probabilities[i][j], (relative * p[j] / sum) + 1e-37, $"probability {i},{j} of {length}");
                for (int d = 0; d < size; d++)
                {
                    double exact = 0;
                    double terms = 0;
                    for (int j = 0; j < length; j++)
                    {
                        double term = p[j] / sum * qkv[start + j][(2 * hidden) + (head * size) + d];
                        exact += term;
                        terms += Math.Abs(term);
                    }

                    Near(exact, context[start + i][(head * size) + d], (relative + (length / (double)(1 << 24))) * terms, $"context {i},{d} of {length}");
                }
            }
        }
    }
}
