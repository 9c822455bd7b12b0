namespace BertCompiler.Kernels;

/// <summary>
/// The embedding layer of BERT (Devlin et al. 2019, figure 2) and of ERNIE 2.0 (Sun et al. 2020, "Task Embedding"), in the order of Hugging
/// Face; a table that a model does not have is left out:
/// <code>e = ((word[id] + type[typeId]) + position[p]) + task[taskTypeId],  y = LayerNorm(e)</code>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Embeddings
{
    /// <summary>Embeds every token of a batch.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="batch">T tokens.</param>
    /// <param name="places">Row of the position table that each token takes, [T].</param>
    /// <param name="words">[V,H].</param>
    /// <param name="positions">[P,H]; no rows: none are added.</param>
    /// <param name="types">[types,H]; no rows: none are added.</param>
    /// <param name="scale">Scale of the LayerNorm, [H].</param>
    /// <param name="shift">Shift of the LayerNorm, [H].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">[T,H].</param>
    /// <param name="tasks">[tasks,H], the table of <see cref="TokenBatch.TaskTypeIds"/>; no rows: none are added.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id, type, position or task type that is not in its table.</exception>
    public static void Apply(
        CrewCall crew, TokenBatch batch, ReadOnlySpan<int> places, PackedTable words, PackedTable positions, PackedTable types,
        PackedVector scale, PackedVector shift, float epsilon, Rows y, PackedTable tasks = default)
    {
        Shape.RequireEqual(scale.Length, words.Columns, nameof(scale));
        Shape.RequireEqual(shift.Length, words.Columns, nameof(shift));
        Run(crew, batch, places, words, positions, types, tasks, new EmbeddingsNorm(scale.Values, shift.Values, epsilon), y);
    }

    /// <summary>Embeds every token of a batch where nothing is normalised: y = e.</summary>
    /// <inheritdoc cref="Apply(CrewCall, TokenBatch, ReadOnlySpan{int}, PackedTable, PackedTable, PackedTable, PackedVector, PackedVector, float, Rows, PackedTable)"/>
    public static void Apply(
        CrewCall crew, TokenBatch batch, ReadOnlySpan<int> places, PackedTable words, PackedTable positions, PackedTable types,
        Rows y, PackedTable tasks = default) =>
        Run(crew, batch, places, words, positions, types, tasks, default, y);

    private static void Run(
        CrewCall crew, TokenBatch batch, ReadOnlySpan<int> places, PackedTable words, PackedTable positions, PackedTable types,
        PackedTable tasks, EmbeddingsNorm norm, Rows y)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Shape.Require(y, batch.TokenCount, words.Columns, nameof(y));
        Check(batch.Ids, words, words.Columns, "id");
        Shape.RequireEqual(places.Length, batch.TokenCount, nameof(places));
        if (positions.RowCount != 0) Check(places, positions, words.Columns, "position");
        if (types.RowCount != 0) Check(batch.TypeIds, types, words.Columns, "type id");
        if (tasks.RowCount != 0) Check(batch.TaskTypeIds, tasks, words.Columns, "task type id");
        if (batch.TokenCount == 0) return;
        fixed (int* ids = batch.Ids, rows = places, kinds = batch.TypeIds, jobs = batch.TaskTypeIds)
        {
            var kernel = new EmbeddingsKernel(
                new(words, ids), new(types, kinds), new(positions, rows), new(tasks, jobs), norm, y);
            crew.Run(ref kernel, kernel.Items, (long)y.Count * y.Columns >= 100_000);
        }
    }

    private static void Check(ReadOnlySpan<int> indices, PackedTable table, int columns, string name)
    {
        Shape.RequireEqual(table.Columns, columns, name);
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)table.RowCount)
            {
                throw new ArgumentOutOfRangeException(name, index, $"a token's {name} is {index}; its table has {table.RowCount} rows");
            }
        }
    }
}
