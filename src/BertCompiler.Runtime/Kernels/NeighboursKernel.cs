namespace BertCompiler.Kernels;

/// <summary>Rows beside those of their neighbours, 16 an item. What is copied: <see cref="Gather.Neighbours"/>.</summary>
internal readonly unsafe struct NeighboursKernel(Rows x, int* offsets, int* silent, int sequences, int width, Rows y) : IKernel
{
    private const int RowsInItem = 16;

    private readonly Rows _x = x;
    private readonly int* _offsets = offsets;
    private readonly int* _silent = silent;
    private readonly int _sequences = sequences;
    private readonly int _width = width;
    private readonly Rows _y = y;

    /// <summary>Number of items.</summary>
    public int Items => (_y.Count + RowsInItem - 1) / RowsInItem;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        int end = Math.Min(_y.Count, (item + 1) * RowsInItem);
        int sequence = SequenceOf(item * RowsInItem);
        for (int token = item * RowsInItem; token < end; token++)
        {
            if (token == _offsets[sequence + 1]) sequence++;
            int first = _offsets[sequence] + (_silent == null ? 0 : _silent[sequence]);
            Copy(token, first, _offsets[sequence + 1]);
        }
    }

    // The neighbours of a token among those from `first` to before `end` are rows on end in x, but not on end in memory.
    private void Copy(int token, int first, int end)
    {
        int columns = _x.Columns;
        float* y = _y.Values + ((long)token * _y.Stride);
        int neighbour = token - (_width / 2);
        for (int s = 0; s < _width; s++, neighbour++, y += columns)
        {
            var target = new Span<float>(y, columns);
            if (token < first || neighbour < first || neighbour >= end) target.Clear();
            else _x[neighbour].CopyTo(target);
        }
    }

    // The sequence that a token is of: the last that begins no later.
    private int SequenceOf(int token)
    {
        int index = new ReadOnlySpan<int>(_offsets, _sequences + 1).BinarySearch(token);
        return index >= 0 ? index : ~index - 1;
    }
}
