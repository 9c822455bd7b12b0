namespace BertCompiler.Kernels;

/// <summary>Copies of chosen rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Gather
{
    /// <summary>The first token's row of each sequence.</summary>
    /// <param name="hidden">[T,H].</param>
    /// <param name="offsets">Where each sequence begins, [B+1], from 0 to T.</param>
    /// <param name="y">[B,H].</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void FirstTokens(Rows hidden, ReadOnlySpan<int> offsets, Rows y)
    {
        Shape.RequireOffsets(offsets, hidden.Count, nameof(offsets));
        Shape.Require(y, offsets.Length - 1, hidden.Columns, nameof(y));
        for (int i = 0; i < y.Count; i++) hidden[offsets[i]].CopyTo(y[i]);
    }

    /// <summary>Some rows, in any order.</summary>
    /// <param name="x">[T,H].</param>
    /// <param name="rows">Which rows, [S].</param>
    /// <param name="y">[S,H].</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static void Rows(Rows x, ReadOnlySpan<int> rows, Rows y)
    {
        Shape.Require(y, rows.Length, x.Columns, nameof(y));
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rows[i], (uint)x.Count, nameof(rows));
            x[rows[i]].CopyTo(y[i]);
        }
    }
}
