using BertCompiler.Kernels;
using static BertCompiler.Runtime.Tests.Kernels.KernelData;

namespace BertCompiler.Runtime.Tests.Kernels;

public sealed unsafe class EmbeddingsTests
{
    public static TheoryData<int> Widths => KernelData.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Rows_are_added_in_order_and_normalised(int width)
    {
        foreach (int columns in new[] { 1, 3, 16, 31, 36, 64, 312, 384 })
        {
            Compare(width, columns, typeRows: 2, positionRows: 40);
            Compare(width, columns, typeRows: 0, positionRows: 40);
            Compare(width, columns, typeRows: 1, positionRows: 0);
            Compare(width, columns, typeRows: 2, positionRows: 40, taskRows: 3);
            Compare(width, columns, typeRows: 0, positionRows: 0, taskRows: 3);
            Compare(width, columns, typeRows: 0, positionRows: 40, taskRows: 1);
        }
    }

    [Fact]
    public void A_row_that_is_not_in_its_table_is_refused()
    {
        using var data = new KernelData();
        var crew = new Crew(1);
        PackedVector scale = data.Vector(8);
        Rows y = data.Rows(2, 8);
        void Embed(int[] ids, int[] types, int[] positions, int[]? tasks = null)
        {
            var batch = new TokenBatch();
            batch.Add(ids, types, positions, tasks);
            Embeddings.Apply(crew, batch, batch.Positions, data.Table(10, 8), data.Table(5, 8), data.Table(2, 8), scale, scale, 1e-12f, y, data.Table(3, 8));
        }

        Embed([0, 9], [0, 1], [0, 4], [2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed([0, 10], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed([-1, 0], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed([0, 1], [0, 2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed([0, 1], [], [0, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Embed([0, 1], [], [], [0, 3]));
        Assert.Throws<ArgumentException>(() => Embed([0, 1, 2], [], []));
    }

    private static void Compare(int width, int columns, int typeRows, int positionRows, int taskRows = 0)
    {
        using var data = new KernelData(columns);
        PackedTable words = data.Table(50, columns);
        PackedTable positions = data.Table(positionRows, columns);
        PackedTable types = data.Table(typeRows, columns);
        PackedTable tasks = data.Table(taskRows, columns);
        PackedVector scale = data.Vector(columns);
        PackedVector shift = data.Vector(columns);
        var batch = new TokenBatch();
        batch.Add([1, 49, 0, 7, 7]);
        batch.Add([.. Enumerable.Range(3, 30)], [.. Enumerable.Range(0, 30).Select(i => typeRows < 2 ? 0 : i % 2)], [.. Enumerable.Range(9, 30)], [.. Enumerable.Range(0, 30).Select(i => taskRows < 2 ? 0 : i % taskRows)]);
        Rows expected = data.Rows(batch.TokenCount, columns);
        for (int t = 0; t < batch.TokenCount; t++)
        {
            for (int c = 0; c < columns; c++)
            {
                float e = At(words, batch.Ids[t], c);
                if (typeRows > 0) e += At(types, batch.TypeIds[t], c);
                if (positionRows > 0) e += At(positions, batch.Positions[t], c);
                if (taskRows > 0) e += At(tasks, batch.TaskTypeIds[t], c);
                expected[t][c] = e;
            }
        }

        Rows y = data.Rows(batch.TokenCount, columns);
        var crew = new Crew(1, (SimdWidth)width);
        Embeddings.Apply(crew, batch, batch.Positions, words, positions, types, y, tasks);
        SameBits(ToArray(expected), ToArray(y), $"width {width}, {columns} columns, no LayerNorm");
        LayerNorm.Apply(new Crew(1, SimdWidth.Scalar), expected, scale, shift, 1e-12f, expected);
        Embeddings.Apply(crew, batch, batch.Positions, words, positions, types, scale, shift, 1e-12f, y, tasks);
        SameBits(ToArray(expected), ToArray(y), $"width {width}, {columns} columns");
    }

    private static float At(PackedTable table, int row, int column) => table.Values[((long)row * table.Stride) + column];
}
