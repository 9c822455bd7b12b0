namespace BertCompiler.Kernels;

/// <summary>Rotary positions, 16 rows an item. Formula: <see cref="Rotary"/>.</summary>
internal readonly unsafe struct RotaryKernel<TPairs>(Rows x, int* places, PackedTable angles, int heads, int headSize) : IKernel
    where TPairs : struct, IRotaryPairs
{
    private const int RowsInItem = 16;

    private readonly Rows _x = x;
    private readonly int* _places = places;
    private readonly PackedTable _angles = angles;
    private readonly int _heads = heads;
    private readonly int _headSize = headSize;

    /// <summary>Number of items.</summary>
    public int Items => (_x.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_x.Count, (item + 1) * RowsInItem);
        for (int row = item * RowsInItem; row < end; row++)
        {
            float* angles = _angles.Values + ((long)_places[row] * _angles.Stride);
            float* x = _x.Values + ((long)row * _x.Stride);

            // Within the row: where the next one is, another thread may be writing.
            for (int head = 0; head < _heads; head++) TPairs.Rotate<T>(x + (head * _headSize), angles, _headSize / 2, _x.Stride - (head * _headSize));
        }
    }
}
