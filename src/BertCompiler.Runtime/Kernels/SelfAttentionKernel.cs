using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>Attention; an item is one head of one sequence. Formula: <see cref="SelfAttention"/>.</summary>
internal readonly unsafe struct SelfAttentionKernel<TDistances>(
    Rows qkv, int* offsets, int* places, int* silent, int heads, int headSize, float scale, Rows context, AttentionScratch.PerThread scratch, TDistances distances) : IKernel
    where TDistances : struct, IRelativePositions
{
    private readonly Rows _qkv = qkv;
    private readonly Rows _context = context;
    private readonly int* _offsets = offsets;
    private readonly int _heads = heads;
    private readonly int _headSize = headSize;
    private readonly float _scale = scale;
    private readonly int* _places = places;
    private readonly int* _silent = silent;
    private readonly AttentionScratch.PerThread _scratch = scratch;
    private readonly TDistances _distances = distances;

    /// <summary>What item 0 is.</summary>
    public int First { get; init; }

    /// <summary>Where the item's probabilities go; no rows: nowhere.</summary>
    public Rows Probabilities { get; init; }

    [SkipLocalsInit]
    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        (int sequence, int head) = Math.DivRem(First + item, _heads);
        int start = _offsets[sequence];
        int length = _offsets[sequence + 1] - start;
        int firstKey = _silent == null ? 0 : _silent[sequence];
        int keyCount = length - firstKey;
        int hidden = _heads * _headSize;
        nint stride = _qkv.Stride;
        nint scoreStride = Rows.StrideFor(keyCount);
        float* q = _qkv.Values + (start * stride) + (head * _headSize);
        float* keys = _scratch.Of(worker);
        float* values = keys + (scoreStride * _headSize);
        float* scores = values + ((nint)keyCount * Rows.StrideFor(_headSize));
        float* tile = scores + (TileRows.Most * scoreStride);
        float* ofDistances = tile + (TileRows.Most * PackedMatrix.PanelWidth);
        float* sums = stackalloc float[TileRows.Most];
        var part = new AttentionHead
        {
            Queries = q,
            Keys = q + hidden + (firstKey * stride),
            Stride = stride,
            Places = _places + start,
            Length = length,
            FirstKey = firstKey,
            Number = head,
            Size = _headSize,
            Scale = _scale,
        };
        float softmaxScale = _distances.SoftmaxScale(_scale);
        _distances.Begin<T>(part, ofDistances);
        Transpose.ToPanels(part.Keys, stride, keyCount, _headSize, keys);
        PackValues<T>(part.Keys + hidden, keyCount, values);

        int tiles = (length + T.TileRows - 1) / T.TileRows;
        for (int t = 0; t < tiles; t++)
        {
            int row = (int)((long)length * t / tiles);
            int count = (int)((long)length * (t + 1) / tiles) - row;
            float* panel = keys;
            for (int column = 0; column < keyCount; column += PackedMatrix.PanelWidth)
            {
                MatrixTile.Multiply<T>(count, q + (row * stride), stride, panel, _headSize, scores + column, scoreStride);
                panel += _headSize * PackedMatrix.PanelWidth;
            }

            _distances.Add<T>(part, ofDistances, row, count, scores, scoreStride);
            for (int i = 0; i < count; i++) sums[i] = Softmax.Exponentials<T>(scores + (i * scoreStride), keyCount, softmaxScale);
            if (Probabilities.Count != 0) CopyProbabilities<T>(scores, scoreStride, sums, row, count, firstKey);
            panel = values;
            for (int column = 0; column < _headSize; column += PackedMatrix.PanelWidth)
            {
                MatrixTile.Multiply<T>(count, scores, scoreStride, panel, keyCount, tile, PackedMatrix.PanelWidth);
                int width = Math.Min(PackedMatrix.PanelWidth, _headSize - column);
                float* y = _context.Values + ((long)(start + row) * _context.Stride) + (head * _headSize) + column;
                for (int i = 0; i < count; i++) Divide<T>(tile + (i * PackedMatrix.PanelWidth), sums[i], y + ((long)i * _context.Stride), width);
                panel += (nint)keyCount * PackedMatrix.PanelWidth;
            }
        }
    }

    // [n][D] to panels [⌈D/32⌉][n][32], zeros behind the last column.
    private void PackValues<T>(float* v, int length, float* panels) where T : struct, ILanes<T>
    {
        for (int column = 0; column < _headSize; column += PackedMatrix.PanelWidth)
        {
            int width = Math.Min(PackedMatrix.PanelWidth, _headSize - column);
            for (int j = 0; j < length; j++)
            {
                float* x = v + ((long)j * _qkv.Stride) + column;
                if (width == PackedMatrix.PanelWidth)
                {
                    T.Store(T.Load(x), panels);
                    T.Store(T.Load(x + 16), panels + 16);
                }
                else
                {
                    for (int d = 0; d < PackedMatrix.PanelWidth; d++) panels[d] = d < width ? x[d] : 0f;
                }

                panels += PackedMatrix.PanelWidth;
            }
        }
    }

    private static void Divide<T>(float* x, float divisor, float* y, int width) where T : struct, ILanes<T>
    {
        T z = T.Broadcast(divisor);
        LaneStore.First(T.Load(x) / z, y, width);
        if (width > 16) LaneStore.First(T.Load(x + 16) / z, y + 16, width - 16);
    }

    private void CopyProbabilities<T>(float* scores, nint scoreStride, float* sums, int row, int count, int firstKey) where T : struct, ILanes<T>
    {
        int keyCount = Probabilities.Columns - firstKey;
        for (int i = 0; i < count; i++)
        {
            Probabilities[row + i][..firstKey].Clear();
            float* y = Probabilities.Values + ((long)(row + i) * Probabilities.Stride) + firstKey;
            for (int j = 0; j < keyCount; j += 16) LaneStore.First(T.Load(scores + (i * scoreStride) + j) / T.Broadcast(sums[i]), y + j, keyCount - j);
        }
    }
}
