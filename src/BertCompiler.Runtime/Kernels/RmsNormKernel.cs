using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>The rows of an RMS normalisation, 16 an item. Formula: <see cref="RmsNorm"/>.</summary>
internal readonly unsafe struct RmsNormKernel(Rows x, PackedVector scale, float epsilon, Rows y) : IKernel
{
    private const int RowsInItem = 16;

    private readonly Rows _x = x;
    private readonly Rows _y = y;
    private readonly float* _scale = scale.Values;
    private readonly float _epsilon = epsilon;

    /// <summary>Number of items.</summary>
    public int Items => (_x.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_x.Count, (item + 1) * RowsInItem);
        for (int row = item * RowsInItem; row < end; row++)
        {
            Normalize<T>(_x.Values + ((long)row * _x.Stride), _scale, _epsilon, _x.Columns, _y.Values + ((long)row * _y.Stride));
        }
    }

    // One row. Reads and writes whole groups of 16; y may be x.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize<T>(float* x, float* scale, float epsilon, int columns, float* y) where T : struct, ILanes<T>
    {
        int whole = columns & ~15;
        int rest = columns - whole;
        T squares = T.Broadcast(0f);
        for (int i = 0; i < whole; i += 16)
        {
            T v = T.Load(x + i);
            squares = T.Fma(v, v, squares);
        }

        if (rest != 0)
        {
            // What lies after the row's end is scratch of other kernels.
            T v = T.KeepFirst(T.Load(x + whole), rest, 0f);
            squares = T.Fma(v, v, squares);
        }

        T factor = T.Broadcast(1f / MathF.Sqrt((T.Sum(squares) / columns) + epsilon));
        for (int i = 0; i < columns; i += 16) T.Store(T.Load(x + i) * factor * T.Load(scale + i), y + i);
    }
}
