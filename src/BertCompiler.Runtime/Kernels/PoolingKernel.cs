namespace BertCompiler.Kernels;

/// <summary>Pooling; an item is one sequence. Formula: <see cref="Pooling"/>.</summary>
internal readonly unsafe struct PoolingKernel(Rows hidden, int* offsets, PoolingMode mode, Rows y, int firstColumn, int skip) : IKernel
{
    private readonly Rows _hidden = hidden;
    private readonly int* _offsets = offsets;
    private readonly PoolingMode _mode = mode;
    private readonly Rows _y = y;
    private readonly int _firstColumn = firstColumn;
    private readonly int _skip = skip;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = _offsets[item + 1];
        int skipped = Math.Min(_skip, end - _offsets[item] - 1);
        int start = _offsets[item] + skipped;
        int length = end - start;
        float* x = _hidden.Values + ((long)start * _hidden.Stride);
        float* y = _y.Values + ((long)item * _y.Stride) + _firstColumn;
        if (_mode == PoolingMode.LastToken) x += (long)(length - 1) * _hidden.Stride;
        for (int column = 0; column < _hidden.Columns; column += 16)
        {
            T pooled = _mode switch
            {
                PoolingMode.Cls or PoolingMode.LastToken => T.Load(x + column),
                PoolingMode.Max => Greatest<T>(x + column, length),
                PoolingMode.WeightedMean => WeightedSum<T>(x + column, length, skipped) / T.Broadcast((float)(((long)length * (length + 1) / 2) + ((long)length * skipped))),
                PoolingMode.MeanSqrtLength => Sum<T>(x + column, length) / T.Broadcast(MathF.Sqrt(length)),
                _ => Sum<T>(x + column, length) / T.Broadcast(length),
            };
            LaneStore.First(pooled, y + column, _hidden.Columns - column);
        }
    }

    private T Sum<T>(float* x, int length) where T : struct, ILanes<T>
    {
        nint stride = _hidden.Stride;
        T sum = T.Load(x);
        for (int t = 1; t < length; t++) sum += T.Load(x + (t * stride));
        return sum;
    }

    private T WeightedSum<T>(float* x, int length, int skipped) where T : struct, ILanes<T>
    {
        nint stride = _hidden.Stride;
        T sum = T.Broadcast(skipped + 1) * T.Load(x);
        for (int t = 1; t < length; t++) sum = T.Fma(T.Broadcast(skipped + t + 1), T.Load(x + (t * stride)), sum);
        return sum;
    }

    private T Greatest<T>(float* x, int length) where T : struct, ILanes<T>
    {
        nint stride = _hidden.Stride;
        T greatest = T.Load(x);
        for (int t = 1; t < length; t++) greatest = T.Max(T.Load(x + (t * stride)), greatest);
        return greatest;
    }
}
