namespace BertCompiler.Kernels;

/// <summary>The rows of an embedding layer, 16 an item.</summary>
internal readonly unsafe struct EmbeddingsKernel(
    int* ids, int* places, int* kinds, PackedTable words, PackedTable positions, PackedTable types,
    PackedVector scale, PackedVector shift, float epsilon, Rows y) : IKernel
{
    private const int RowsInItem = 16;

    private readonly int* _ids = ids;
    private readonly int* _places = places;
    private readonly int* _kinds = kinds;
    private readonly PackedTable _words = words;
    private readonly PackedTable _positions = positions;
    private readonly PackedTable _types = types;
    private readonly float* _scale = scale.Values;
    private readonly float* _shift = shift.Values;
    private readonly float _epsilon = epsilon;
    private readonly Rows _y = y;

    /// <summary>Number of items.</summary>
    public int Items => (_y.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_y.Count, (item + 1) * RowsInItem);
        for (int row = item * RowsInItem; row < end; row++)
        {
            float* y = _y.Values + ((long)row * _y.Stride);
            float* word = RowOf(_words, _ids[row]);
            float* type = _types.RowCount == 0 ? null : RowOf(_types, _kinds[row]);
            float* position = _positions.RowCount == 0 ? null : RowOf(_positions, _places[row]);
            for (int i = 0; i < _y.Columns; i += 16)
            {
                T e = T.Load(word + i);
                if (type != null) e += T.Load(type + i);
                if (position != null) e += T.Load(position + i);
                T.Store(e, y + i);
            }

            LayerNormKernel.Normalize<T>(y, _scale, _shift, _epsilon, _y.Columns, y);
        }
    }

    private static float* RowOf(PackedTable table, int index) => table.Values + ((long)index * table.Stride);
}
