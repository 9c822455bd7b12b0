using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>Attention; an item is some queries of one head of one sequence. Formula: <see cref="SelfAttention"/>.</summary>
/// <remarks>
/// A tile of queries is multiplied with the keys of its window only, from a multiple of 32 on: key j has lane j mod 16 in every tile, and
/// what a tile holds beyond a query's own window counts as exp(−∞) = 0, which changes no maximum and no sum. So no bit depends on which
/// queries share a tile or an memory.
/// </remarks>
internal readonly unsafe struct SelfAttentionKernel<TDistances>(
    Rows qkv, int* offsets, int* places, int* silent, AttentionShape shape, AttentionCut cut, Rows context, AttentionScratch.PerThread scratch, TDistances distances, DistanceTable table) : IKernel
    where TDistances : struct, IRelativePositions
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    private readonly Rows _qkv = qkv;
    private readonly Rows _context = context;
    private readonly int* _offsets = offsets;
    private readonly int* _places = places;
    private readonly int* _silent = silent;
    private readonly AttentionShape _shape = shape;
    private readonly AttentionCut _cut = cut;
    private readonly AttentionScratch.PerThread _scratch = scratch;
    private readonly TDistances _distances = distances;
    private readonly DistanceTable _table = table;

    /// <summary>What item 0 is.</summary>
    public int First { get; init; }

    /// <summary>Where the item's probabilities go; no rows: nowhere.</summary>
    public Rows Probabilities { get; init; }

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        // All heads of some rows, then the next rows: what one head reads of a row lies on the memory page of the others.
        (int number, int head) = Math.DivRem(First + item, _shape.Heads);
        (int sequence, int part) = _cut.Items == 1 ? (number, 0) : Math.DivRem(number, _cut.Items);
        int start = _offsets[sequence];
        int length = _offsets[sequence + 1] - start;
        int parts = _cut.ItemsFor(length);
        if (part >= parts) return;
        int firstRow = Part(length, part, parts);
        int endRow = Part(length, part + 1, parts);

        // Silent tokens attend and are not attended to: they have no keys.
        int silent = _silent == null ? 0 : _silent[sequence];
        int firstKey = silent + (Math.Max(firstRow - _shape.Window - silent, 0) / PanelWidth * PanelWidth);
        int keyCount = Math.Max(Math.Min(length, endRow + _shape.Window) - firstKey, 0);
        int size = _shape.HeadSize;
        nint stride = _qkv.Stride;
        float* token = _qkv.Values + (start * stride);
        var queries = new AttentionHead
        {
            Queries = token + (head * size),
            Keys = token + _shape.QueryColumns + (_shape.KeyHeadOf(head) * size) + (firstKey * stride),
            Context = _context.Values + ((long)start * _context.Stride) + (head * size),
            Stride = stride,
            Places = _places + start,
            Table = _table,
            Length = length,
            FirstKey = firstKey,
            KeyCount = keyCount,
            Number = head,
            Size = size,
            Scale = _shape.Scale,
        };
        var memory = new AttentionMemory(_scratch.Of(worker), keyCount, Math.Min(keyCount, _cut.TileKeys), size);
        _distances.Begin<T>(queries, memory.Distances);
        Transpose.ToPanels(queries.Keys, stride, keyCount, size, memory.Keys);
        PackValues<T>(queries.Keys + _shape.KeyColumns, keyCount, memory.Values);
        int tiles = (endRow - firstRow + T.TileRows - 1) / T.TileRows;
        for (int t = 0; t < tiles; t++)
        {
            int row = firstRow + Part(endRow - firstRow, t, tiles);
            Attend<T>(queries, memory, row, firstRow + Part(endRow - firstRow, t + 1, tiles) - row);
        }
    }

    // Where part `index` of `parts` equal parts of `total` begins.
    private static int Part(int total, int index, int parts) => (int)((long)total * index / parts);

    /// <summary>The queries <paramref name="row"/> … <paramref name="row"/> + <paramref name="count"/> − 1.</summary>
    [SkipLocalsInit]
    private void Attend<T>(in AttentionHead head, in AttentionMemory memory, int row, int count) where T : struct, ILanes<T>
    {
        nint stride = memory.ScoreStride;
        int low = Math.Max(row - _shape.Window - head.FirstKey, 0);
        int end = Math.Min(row + count + _shape.Window - head.FirstKey, head.KeyCount);
        if (low >= end)
        {
            ClearRows(head, row, count);
            return;
        }

        int first = low / PanelWidth * PanelWidth;
        float* queries = head.Queries + (row * head.Stride);
        for (int column = first; column < end; column += PanelWidth)
        {
            MatrixTile.Multiply<T>(count, queries, head.Stride, memory.Keys + ((nint)column * head.Size), head.Size, memory.Scores + (column - first), stride);
        }

        var tile = new AttentionTile { Row = row, Count = count, Column = first, Columns = end - first, Scores = memory.Scores, Stride = stride };
        _distances.Add<T>(head, memory.Distances, tile);
        float* sums = stackalloc float[TileRows.Most];
        float scale = _distances.SoftmaxScale(_shape.Scale);
        for (int i = 0; i < count; i++)
        {
            int nearest = row + i - head.FirstKey - first;
            sums[i] = Exponentials<T>(memory.Scores + (i * stride), tile.Columns, Math.Max(nearest - _shape.Window, 0), Math.Min(nearest + _shape.Window + 1, tile.Columns), scale);
        }

        if (Probabilities.Count != 0) CopyProbabilities<T>(tile, head.FirstKey, sums);

        // Keys before the first query's window are zeros to all.
        float* scores = memory.Scores + (low - first);
        float* y = head.Context + ((long)row * _context.Stride);
        for (int column = 0; column < head.Size; column += PanelWidth)
        {
            float* panel = memory.Values + ((nint)column * head.KeyCount) + (low * PanelWidth);
            MatrixTile.Multiply<T>(count, scores, stride, panel, end - low, memory.Results, PanelWidth);
            int width = Math.Min(PanelWidth, head.Size - column);
            for (int i = 0; i < count; i++) Divide<T>(memory.Results + (i * PanelWidth), sums[i], y + ((long)i * _context.Stride) + column, width);
        }
    }

    // The scores low … end − 1 of a row of `count` become exponentials, the others 0. Returns the sum, or 1 where there are none, so that
    // a query that attends to nothing has the result 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials<T>(float* row, int count, int low, int end, float scale) where T : struct, ILanes<T>
    {
        if (low == 0 && end == count) return Softmax.Exponentials<T>(row, count, scale);
        if (low >= end)
        {
            new Span<float>(row, count).Clear();
            return 1f;
        }

        int group = low & ~15;
        new Span<float>(row, group).Clear();
        new Span<float>(row + group, low - group).Fill(float.NegativeInfinity);
        float sum = Softmax.Exponentials<T>(row + group, end - group, scale);
        int written = Math.Min((end + 15) & ~15, count);
        new Span<float>(row + written, count - written).Clear();
        return sum;
    }

    // [m][D] to panels [⌈D/32⌉][m][32], zeros behind the last column.
    private void PackValues<T>(float* v, int length, float* panels) where T : struct, ILanes<T>
    {
        for (int column = 0; column < _shape.HeadSize; column += PanelWidth)
        {
            int width = Math.Min(PanelWidth, _shape.HeadSize - column);
            for (int j = 0; j < length; j++)
            {
                float* x = v + ((long)j * _qkv.Stride) + column;
                if (width == PanelWidth)
                {
                    T.Store(T.Load(x), panels);
                    T.Store(T.Load(x + 16), panels + 16);
                }
                else
                {
                    for (int d = 0; d < PanelWidth; d++) panels[d] = d < width ? x[d] : 0f;
                }

                panels += PanelWidth;
            }
        }
    }

    private static void Divide<T>(float* x, float divisor, float* y, int width) where T : struct, ILanes<T>
    {
        T z = T.Broadcast(divisor);
        LaneStore.First(T.Load(x) / z, y, width);
        if (width > 16) LaneStore.First(T.Load(x + 16) / z, y + 16, width - 16);
    }

    private void ClearRows(in AttentionHead head, int row, int count)
    {
        for (int i = row; i < row + count; i++)
        {
            new Span<float>(head.Context + ((long)i * _context.Stride), head.Size).Clear();
            if (Probabilities.Count != 0) Probabilities[i].Clear();
        }
    }

    private void CopyProbabilities<T>(in AttentionTile tile, int firstKey, float* sums) where T : struct, ILanes<T>
    {
        int column = firstKey + tile.Column;
        for (int i = 0; i < tile.Count; i++)
        {
            Span<float> row = Probabilities[tile.Row + i];
            row[..column].Clear();
            row[(column + tile.Columns)..].Clear();
            float* y = Probabilities.Values + ((long)(tile.Row + i) * Probabilities.Stride) + column;
            float* x = tile.Scores + (i * tile.Stride);
            for (int j = 0; j < tile.Columns; j += 16) LaneStore.First(T.Load(x + j) / T.Broadcast(sums[i]), y + j, tile.Columns - j);
        }
    }
}
