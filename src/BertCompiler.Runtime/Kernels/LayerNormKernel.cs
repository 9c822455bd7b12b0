using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>The rows of a LayerNorm, 16 an item.</summary>
internal readonly unsafe struct LayerNormKernel(Rows x, PackedVector scale, PackedVector shift, float epsilon, Rows y) : IKernel
{
    private const int RowsInItem = 16;

    private readonly Rows _x = x;
    private readonly Rows _y = y;
    private readonly float* _scale = scale.Values;
    private readonly float* _shift = shift.Values;
    private readonly float _epsilon = epsilon;

    /// <summary>Number of items.</summary>
    public int Items => (_x.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_x.Count, (item + 1) * RowsInItem);
        for (int row = item * RowsInItem; row < end; row++)
        {
            Normalize<T>(_x.Values + ((long)row * _x.Stride), _scale, _shift, _epsilon, _x.Columns, _y.Values + ((long)row * _y.Stride));
        }
    }

    /// <summary>One row. Reads and writes whole groups of 16; y may be x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize<T>(float* x, float* scale, float* shift, float epsilon, int columns, float* y) where T : struct, ILanes<T>
    {
        int whole = columns & ~15;
        int rest = columns - whole;
        T sum = T.Broadcast(0f);
        for (int i = 0; i < whole; i += 16) sum += T.Load(x + i);
        if (rest != 0) sum += T.KeepFirst(T.Load(x + whole), rest, 0f);
        T mean = T.Broadcast(T.Sum(sum) / columns);

        T squares = T.Broadcast(0f);
        for (int i = 0; i < whole; i += 16)
        {
            T d = T.Load(x + i) - mean;
            squares = T.Fma(d, d, squares);
        }

        if (rest != 0)
        {
            T d = T.KeepFirst(T.Load(x + whole) - mean, rest, 0f);
            squares = T.Fma(d, d, squares);
        }

        T factor = T.Broadcast(1f / MathF.Sqrt((T.Sum(squares) / columns) + epsilon));
        for (int i = 0; i < columns; i += 16)
        {
            T centred = (T.Load(x + i) - mean) * factor;
            T.Store(T.Fma(centred, T.Load(scale + i), T.Load(shift + i)), y + i);
        }
    }
}
