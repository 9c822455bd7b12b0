namespace BertCompiler.Kernels;

/// <summary>L2 normalisation; an item is one row. Formula: <see cref="Normalize"/>.</summary>
internal readonly unsafe struct NormalizeKernel(Rows x, Rows y) : IKernel
{
    private const float SmallestLength = 1e-12f;

    private readonly Rows _x = x;
    private readonly Rows _y = y;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        float* x = _x.Values + ((long)item * _x.Stride);
        float* y = _y.Values + ((long)item * _y.Stride);
        T squares = T.Broadcast(0f);
        for (int i = 0; i < _x.Columns; i += 16)
        {
            T v = T.Load(x + i);
            if (_x.Columns - i < 16) v = T.KeepFirst(v, _x.Columns - i, 0f);
            squares = T.Fma(v, v, squares);
        }

        float length = MathF.Sqrt(T.Sum(squares));
        T divisor = T.Broadcast(length < SmallestLength ? SmallestLength : length);
        for (int i = 0; i < _x.Columns; i += 16) T.Store(T.Load(x + i) / divisor, y + i);
    }
}
