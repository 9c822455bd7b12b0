namespace BertCompiler.Kernels;

/// <summary>
/// What disentangled attention keeps for a head: tables of the distances that occur in panels, products of a tile's queries, products of all
/// keys. Columns are counted from the first that occurs.
/// </summary>
internal readonly unsafe struct DisentangledMemory
{
    // A group of sixteen that begins at the last column is read whole.
    private const int Slack = 32;

    /// <summary>Divides memory of <see cref="FloatsFor"/> floats.</summary>
    public DisentangledMemory(in AttentionHead head, float* start)
    {
        long farthest = head.Length - 1;
        if (!head.Table.AreConsecutive)
        {
            (int least, int most) = DistanceProducts.Range(head.Places, head.Length);
            farthest = (long)most - least;
        }

        FirstColumn = head.Table.ColumnOf(-farthest);
        Columns = head.Table.ColumnOf(farthest) - FirstColumn + 1;
        Stride = Rows.StrideFor(Columns);
        KeyPanels = start;
        QueryPanels = KeyPanels + (Stride * head.Size);
        OfQueries = QueryPanels + (Stride * head.Size);
        OfKeys = OfQueries + (TileRows.Most * QueryStride);
    }

    /// <summary>The first column that occurs.</summary>
    public int FirstColumn { get; }

    /// <summary>C, columns from the first that occurs to the last.</summary>
    public int Columns { get; }

    /// <summary>Floats of a row of <see cref="OfKeys"/>.</summary>
    public nint Stride { get; }

    /// <summary>The keys of distances, [⌈C/32⌉][D][32].</summary>
    public float* KeyPanels { get; }

    /// <summary>The queries of distances, [⌈C/32⌉][D][32].</summary>
    public float* QueryPanels { get; }

    /// <summary>Products of a tile's queries with the keys of distances, [12,C].</summary>
    public float* OfQueries { get; }

    /// <summary>Floats of a row of <see cref="OfQueries"/>.</summary>
    public nint QueryStride => Stride + Slack;

    /// <summary>Products of the head's keys with the queries of distances, [m,C].</summary>
    public float* OfKeys { get; }

    /// <summary>Floats that a head needs.</summary>
    public static long FloatsFor(int longest, int headSize, int columns)
    {
        long stride = Rows.StrideFor(columns);
        return (2 * stride * headSize) + (TileRows.Most * (stride + Slack)) + (longest * stride);
    }

    /// <summary>The columns of tokens that are from <paramref name="low"/> to <paramref name="high"/> apart; all where places are not consecutive.</summary>
    public (int First, int End) ColumnsFor(in AttentionHead head, int low, int high) =>
        head.Table.AreConsecutive ? (head.Table[low] - FirstColumn, head.Table[high] - FirstColumn + 1) : (0, Columns);

    /// <summary>Rows times the panels that hold the columns <paramref name="first"/> … <paramref name="end"/> − 1.</summary>
    public static void Multiply<T>(int rows, float* x, nint stride, float* panels, int inputs, int first, int end, float* y, nint yStride)
        where T : struct, ILanes<T>
    {
        const int width = PackedMatrix.PanelWidth;
        for (int column = first / width * width; column < end; column += width)
        {
            MatrixTile.Multiply<T>(rows, x, stride, panels + ((nint)column * inputs), inputs, y + column, yStride);
        }
    }
}
