namespace BertCompiler.Kernels;

/// <summary>The rows of an embedding layer, 16 an item.</summary>
internal readonly unsafe struct EmbeddingsKernel(
    LookedUpRows words, LookedUpRows types, LookedUpRows positions, LookedUpRows tasks, EmbeddingsNorm norm, Rows y) : IKernel
{
    private const int RowsInItem = 16;

    private readonly LookedUpRows _words = words;
    private readonly LookedUpRows _types = types;
    private readonly LookedUpRows _positions = positions;
    private readonly LookedUpRows _tasks = tasks;
    private readonly EmbeddingsNorm _norm = norm;
    private readonly Rows _y = y;

    /// <summary>Number of items.</summary>
    public int Items => (_y.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_y.Count, (item + 1) * RowsInItem);
        for (int row = item * RowsInItem; row < end; row++)
        {
            float* y = _y.Values + ((long)row * _y.Stride);
            float* word = _words.Of(row);
            float* type = _types.Of(row);
            float* position = _positions.Of(row);
            float* task = _tasks.Of(row);
            for (int i = 0; i < _y.Columns; i += 16)
            {
                T e = T.Load(word + i);
                if (type != null) e += T.Load(type + i);
                if (position != null) e += T.Load(position + i);
                if (task != null) e += T.Load(task + i);
                T.Store(e, y + i);
            }

            _norm.Apply<T>(y, _y.Columns);
        }
    }
}
