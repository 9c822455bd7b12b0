using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class PoolingTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_mode_and_length(int width)
    {
        foreach (PoolingMode mode in Enum.GetValues<PoolingMode>())
        {
            for (int columns = 1; columns <= 256; columns += columns < 70 ? 1 : 31) Compare(width, mode, [3, 1, 12], columns, skip: 0);
            Compare(width, mode, [256, 1, 77, 512], 36, skip: 0);
        }
    }

    /// <summary>A prompt that is left out: the tokens behind it keep their places; of a text that is shorter, the last token stays.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void First_tokens_are_left_out(int width)
    {
        foreach (PoolingMode mode in Enum.GetValues<PoolingMode>())
        {
            for (int skip = 1; skip < 9; skip++) Compare(width, mode, [9, 1, 12, 77, 4], 36, skip);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Modes_stand_side_by_side(int width)
    {
        using var data = new KernelData();
        var crew = new Crew(1, (SimdWidth)width);
        int[] offsets = Offsets(4, 9);
        Rows hidden = data.RandomRows(13, 35);
        Rows both = data.Rows(2, 70);
        Rows mean = data.Rows(2, 35);
        Rows max = data.Rows(2, 35);
        Pooling.Apply(crew, hidden, offsets, PoolingMode.Mean, both, 35);
        Pooling.Apply(crew, hidden, offsets, PoolingMode.Max, both);
        Pooling.Apply(crew, hidden, offsets, PoolingMode.Mean, mean);
        Pooling.Apply(crew, hidden, offsets, PoolingMode.Max, max);
        for (int b = 0; b < 2; b++)
        {
            SameBits(max[b], both[b][..35], "max");
            SameBits(mean[b], both[b][35..], "mean");
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        Rows hidden = data.Rows(3, 4);
        Assert.Throws<ArgumentException>(() => Pooling.Apply(crew, hidden, [0, 4], PoolingMode.Mean, data.Rows(1, 4)));
        Assert.Throws<ArgumentException>(() => Pooling.Apply(crew, hidden, [0, 3], PoolingMode.Mean, data.Rows(2, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.Apply(crew, hidden, [0, 3], PoolingMode.Mean, data.Rows(1, 4), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.Apply(crew, hidden, [0, 3], PoolingMode.Mean, data.Rows(1, 4), 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.Apply(crew, hidden, [0, 3], (PoolingMode)6, data.Rows(1, 4)));
    }

    [Fact]
    public void The_first_tokens_are_gathered()
    {
        using var data = new KernelData();
        Rows hidden = data.RandomRows(7, 35);
        Rows first = data.Rows(3, 35);
        Gather.FirstTokens(hidden, [0, 1, 5, 7], first);
        SameBits(hidden[0], first[0], "first");
        SameBits(hidden[1], first[1], "second");
        SameBits(hidden[5], first[2], "third");
    }

    // Sums of n terms: n·u of the sum of their sizes, and three roundings.
    private static void Compare(int width, PoolingMode mode, int[] lengths, int columns, int skip)
    {
        using var data = new KernelData(columns);
        int[] offsets = Offsets(lengths);
        Rows hidden = data.RandomRows(offsets[^1], columns);
        Rows y = data.Rows(lengths.Length, columns);
        Rows scalar = data.Rows(lengths.Length, columns);
        Pooling.Apply(new Crew(1, (SimdWidth)width), hidden, offsets, mode, y, 0, skip);
        Pooling.Apply(new Crew(1, SimdWidth.Scalar), hidden, offsets, mode, scalar, 0, skip);
        SameBits(ToArray(scalar), ToArray(y), $"{mode}, width {width}");
        for (int b = 0; b < lengths.Length; b++)
        {
            for (int c = 0; c < columns; c++)
            {
                int skipped = Math.Min(skip, lengths[b] - 1);
                double[] h = [.. Enumerable.Range(offsets[b] + skipped, lengths[b] - skipped).Select(t => (double)hidden[t][c])];
                double[] weights = [.. h.Select((_, t) => skipped + t + 1.0)];
                double exact = mode switch
                {
                    PoolingMode.Cls => h[0],
                    PoolingMode.LastToken => h[^1],
                    PoolingMode.Max => h.Max(),
                    PoolingMode.Mean => h.Sum() / h.Length,
                    PoolingMode.MeanSqrtLength => h.Sum() / Math.Sqrt(h.Length),
                    _ => h.Zip(weights, (v, w) => v * w).Sum() / weights.Sum(),
                };
                bool copies = mode is PoolingMode.Cls or PoolingMode.LastToken or PoolingMode.Max;
                double size = mode == PoolingMode.MeanSqrtLength ? Math.Sqrt(h.Length) : 1;
                Near(exact, y[b][c], copies ? 0 : (h.Length + 3) * size / (1 << 24), $"{mode} of {h.Length} tokens");
            }
        }
    }
}
