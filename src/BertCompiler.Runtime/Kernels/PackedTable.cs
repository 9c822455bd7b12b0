namespace BertCompiler.Kernels;

/// <summary>An embedding table: <see cref="RowCount"/> rows of <see cref="Columns"/> floats, each row zero-filled to <see cref="Stride"/>, a multiple of 32. 64-byte aligned.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct PackedTable
{
    /// <summary>Describes memory that somebody else owns.</summary>
    public PackedTable(float* values, int rowCount, int columns)
    {
        Values = values;
        RowCount = rowCount;
        Columns = columns;
    }

    /// <summary>The first row.</summary>
    public float* Values { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Number of floats that mean something in a row.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride => Rows.StrideFor(Columns);
}
