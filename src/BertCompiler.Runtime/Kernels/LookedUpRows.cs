namespace BertCompiler.Kernels;

/// <summary>An embedding table and the row of it that each token takes.</summary>
/// <param name="table">The table; no rows: nothing is looked up.</param>
/// <param name="indices">[T].</param>
internal readonly unsafe struct LookedUpRows(PackedTable table, int* indices)
{
    private readonly float* _values = table.RowCount == 0 ? null : table.Values;
    private readonly nint _stride = table.Stride;
    private readonly int* _indices = indices;

    /// <summary>The row of a token; null: there is no table.</summary>
    public float* Of(int token) => _values == null ? null : _values + (_indices[token] * _stride);
}
