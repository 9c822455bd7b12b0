namespace BertCompiler.Kernels;

/// <summary>
/// Disentangled attention (He et al. 2021, "DeBERTa", §3.1; Hugging Face's <c>deberta-v2</c>): a query meets a learned key of the distance, and
/// a key a learned query of it, before scores are scaled:
/// <code>S′ᵢⱼ = Sᵢⱼ + Σ_d Qᵢ_d·PK[r(pᵢ − pⱼ)]_d + Σ_d Kⱼ_d·PQ[r(pᵢ − pⱼ)]_d,  r(δ) = clamp(bucket(δ) + s, 0, 2s − 1)</code>
/// p: where a token stands; s: rows of the tables in a direction. Products are those with the rows that occur, so time and memory are linear in
/// n·min(2n − 1, 2s). Order: S, plus the query's product, plus the key's.
/// </summary>
/// <param name="keys">PK, [2s, A·D]; default: its term is left out.</param>
/// <param name="queries">PQ, [2s, A·D]; default: its term is left out.</param>
/// <param name="buckets">s, where distances beyond s/2 share buckets that widen; 0: each distance has its own, up to s.</param>
/// <param name="maxDistance">The distance that has the last bucket; without buckets it says nothing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct DisentangledPositions(PackedTable keys, PackedTable queries, int buckets, int maxDistance) : IRelativePositions
{
    private readonly PackedTable _keys = keys;
    private readonly PackedTable _queries = queries;
    private readonly int _buckets = Math.Max(buckets, 0);
    private readonly int _maxDistance = maxDistance;

    private int Rows => Math.Max(_keys.RowCount, _queries.RowCount);

    /// <summary>r(δ).</summary>
    internal int RowOf(int distance) =>
        Math.Clamp(DisentangledBuckets.BucketOf(distance, _buckets, _maxDistance) + (Rows / 2), 0, Rows - 1);

    void IRelativePositions.Check(int heads, int headSize)
    {
        if (Rows < 2 || Rows % 2 != 0) throw new ArgumentException($"tables of {Rows} rows; an even number is needed, one half for each direction");
        foreach (PackedTable table in (ReadOnlySpan<PackedTable>)[_keys, _queries])
        {
            if (table.RowCount == 0) continue;
            Shape.RequireEqual(table.RowCount, Rows, "rows");
            Shape.RequireEqual(table.Columns, checked(heads * headSize), "columns");
        }

        if (_buckets == 0) return;
        Shape.RequireEqual(_buckets, Rows / 2, "buckets");
        if (_maxDistance - 1 <= _buckets / 2 || _buckets < 2) throw new ArgumentException($"{_buckets} buckets for distances below {_maxDistance}: half of them at least must lie below");
    }

    DistanceTable IRelativePositions.Tabulate(AttentionScratch scratch, ReadOnlySpan<int> offsets, ReadOnlySpan<int> positions)
    {
        long range = 0;
        int longest = 0;
        bool areConsecutive = true;
        for (int b = 0; b + 1 < offsets.Length; b++)
        {
            ReadOnlySpan<int> places = positions[offsets[b]..offsets[b + 1]];
            (int least, int most) = (places[0], places[0]);
            for (int i = 1; i < places.Length; i++)
            {
                areConsecutive &= places[i] == places[i - 1] + 1;
                least = Math.Min(least, places[i]);
                most = Math.Max(most, places[i]);
            }

            range = Math.Max(range, (long)most - least);
            longest = Math.Max(longest, places.Length);
        }

        // Farther distances than these all have the first row or the last one.
        int border = Math.Max(_maxDistance, Rows);
        int farthest = (int)Math.Min(range, Math.Max(border, longest));
        int* columns = scratch.Distances((2 * farthest) + 1);
        for (int d = -farthest; d <= farthest; d++) columns[d + farthest] = Rows - 1 - RowOf(-d);
        return new DistanceTable(columns, farthest, areConsecutive);
    }

    long IRelativePositions.ScratchFor(int longest, int headSize, in DistanceTable table) =>
        DisentangledMemory.FloatsFor(longest, headSize, table.ColumnCount);

    float IRelativePositions.SoftmaxScale(float scale) => scale;

    void IRelativePositions.Begin<T>(in AttentionHead head, float* scratch)
    {
        var memory = new DisentangledMemory(head, scratch);
        if (_keys.RowCount != 0) Transpose.ToPanels(FirstRow(_keys, head, memory), -_keys.Stride, memory.Columns, head.Size, memory.KeyPanels);
        if (_queries.RowCount == 0) return;
        Transpose.ToPanels(FirstRow(_queries, head, memory), -_queries.Stride, memory.Columns, head.Size, memory.QueryPanels);
        for (int key = 0; key < head.KeyCount; key += T.TileRows)
        {
            int count = Math.Min(T.TileRows, head.KeyCount - key);
            int token = head.FirstKey + key;
            (int first, int end) = memory.ColumnsFor(head, token - (head.Length - 1), token + count - 1);
            DisentangledMemory.Multiply<T>(
                count, head.Keys + (key * head.Stride), head.Stride, memory.QueryPanels, head.Size, first, end, memory.OfKeys + ((nint)key * memory.Stride), memory.Stride);
        }
    }

    void IRelativePositions.Add<T>(in AttentionHead head, float* scratch, in AttentionTile tile)
    {
        var memory = new DisentangledMemory(head, scratch);
        if (_keys.RowCount != 0)
        {
            int key = head.FirstKey + tile.Column;
            (int first, int end) = memory.ColumnsFor(head, key - (tile.Row + tile.Count - 1), key + tile.Columns - 1 - tile.Row);
            DisentangledMemory.Multiply<T>(
                tile.Count, head.Queries + (tile.Row * head.Stride), head.Stride, memory.KeyPanels, head.Size, first, end, memory.OfQueries, memory.QueryStride);
        }

        bool withKeys = _keys.RowCount != 0;
        bool withQueries = _queries.RowCount != 0;
        if (head.Table.AreConsecutive)
        {
            if (withKeys) DistanceSums.AddOfQueries<T>(head, tile, memory);
            if (withQueries) DistanceSums.AddOfKeys(head, tile, memory);
        }
        else
        {
            DistanceSums.AddAnywhere(head, tile, memory, withKeys, withQueries);
        }
    }

    // Column c of the products belongs to the row 2s − 1 − c of a table: so both distance and column grow from key to key.
    private static float* FirstRow(PackedTable table, in AttentionHead head, in DisentangledMemory memory) =>
        table.Values + ((long)(table.RowCount - 1 - memory.FirstColumn) * table.Stride) + (head.Number * head.Size);
}
