using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed class GatherTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Fact]
    public void Rows_come_in_any_order_and_more_than_once()
    {
        using var data = new KernelData();
        Rows x = data.RandomRows(7, 35);
        int[] rows = [6, 0, 3, 3, 6];
        Rows y = data.Rows(5, 35);
        Gather.Rows(x, rows, y);
        for (int i = 0; i < rows.Length; i++) SameBits(x[rows[i]], y[i], $"row {i}");
        Gather.Rows(x, [], data.Rows(0, 35));
    }

    [Fact]
    public void A_row_that_is_not_there_is_refused_before_anything_is_written()
    {
        using var data = new KernelData();
        Rows x = data.RandomRows(3, 8);
        Rows y = data.Rows(2, 8);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Rows(x, [0, 3], y)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Rows(x, [0, -1], y));
        Assert.Throws<ArgumentException>(() => Gather.Rows(x, [0, 1, 2], y));
        Assert.Throws<ArgumentException>(() => Gather.Rows(x, [0, 1], data.Rows(2, 9)));
        Assert.All(ToArray(y), v => Assert.Equal(0f, v));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Neighbours_stand_side_by_side(int width)
    {
        foreach (int columns in new[] { 1, 15, 16, 32, 36, 312 })
        {
            for (int neighbours = 1; neighbours <= 7; neighbours += 2) Compare(width, 1, neighbours, columns, [5, 1, 2, 40, 17], silent: null);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Silent_tokens_are_padding(int width)
    {
        Compare(width, 1, 3, 36, [5, 1, 2, 40, 17], [0, 0, 1, 20, 3]);
        Compare(width, 2, 5, 768, [50, 33, 7], [2, 0, 6]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_threads_copy_what_one_copies(int width) => Compare(width, 2, 3, 768, [100, 1, 33, 16], silent: null);

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        var batch = new TokenBatch();
        batch.Add([1, 2, 3]);
        Rows x = data.Rows(3, 4);
        Gather.Neighbours(crew, x, batch, 3, data.Rows(3, 12));
        Assert.Throws<ArgumentException>(() => Gather.Neighbours(crew, data.Rows(2, 4), batch, 3, data.Rows(2, 12)));
        Assert.Throws<ArgumentException>(() => Gather.Neighbours(crew, x, batch, 3, data.Rows(3, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Neighbours(crew, x, batch, 2, data.Rows(3, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gather.Neighbours(crew, x, batch, -1, data.Rows(3, 4)));
    }

    private static void Compare(int width, int threads, int neighbours, int columns, int[] lengths, int[]? silent)
    {
        using var data = new KernelData(columns);
        var batch = new TokenBatch();
        for (int b = 0; b < lengths.Length; b++)
        {
            batch.Add(new int[lengths[b]]);
            if (silent is not null) batch.SilenceFirst(silent[b]);
        }

        Rows x = data.RandomRows(batch.TokenCount, columns);
        Rows expected = data.Rows(x.Count, neighbours * columns);
        for (int b = 0; b < lengths.Length; b++)
        {
            int first = batch.Offsets[b] + (silent?[b] ?? 0);
            for (int t = first; t < batch.Offsets[b + 1]; t++)
            {
                for (int s = 0; s < neighbours; s++)
                {
                    int other = t + s - ((neighbours - 1) / 2);
                    if (other >= first && other < batch.Offsets[b + 1]) x[other].CopyTo(expected[t][(s * columns)..]);
                }
            }
        }

        Rows y = data.RandomRows(x.Count, neighbours * columns);
        using var crew = new Crew(threads, (SimdWidth)width);
        Gather.Neighbours(crew, x, batch, neighbours, y);
        SameBits(ToArray(expected), ToArray(y), $"{neighbours} neighbours of {columns} columns");
    }
}
