namespace BertCompiler.Kernels;

/// <summary>Copies of chosen rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Gather
{
    /// <summary>The first token's row of each sequence.</summary>
    /// <param name="hidden">[T,H].</param>
    /// <param name="offsets">Where each sequence begins, [B+1], from 0 to T.</param>
    /// <param name="y">[B,H].</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void FirstTokens(Rows hidden, ReadOnlySpan<int> offsets, Rows y)
    {
        Shape.RequireOffsets(offsets, hidden.Count, nameof(offsets));
        Rows(hidden, offsets[..^1], y);
    }

    /// <summary>y[i] = x[rows[i]].</summary>
    /// <param name="x">[T,H].</param>
    /// <param name="rows">Numbers of rows, [N], in any order and as often as wanted.</param>
    /// <param name="y">[N,H]; must not overlap <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row that <paramref name="x"/> does not have; nothing was written.</exception>
    public static void Rows(Rows x, ReadOnlySpan<int> rows, Rows y)
    {
        Shape.Require(y, rows.Length, x.Columns, nameof(y));
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)x.Count) throw new ArgumentOutOfRangeException(nameof(rows), row, $"row {row} of {x.Count}");
        }

        for (int i = 0; i < rows.Length; i++) x[rows[i]].CopyTo(y[i]);
    }

    /// <summary>
    /// Each token's row beside those of its neighbours, which makes a convolution over tokens a matrix product (im2col; Chellapilla, Puri and
    /// Simard 2006):
    /// <code>y[t] = x[t−(w−1)/2], …, x[t], …, x[t+(w−1)/2]</code>
    /// with zeros where a neighbour lies outside the sequence. A silent token is padding: it is zeros to its neighbours, and its own row is
    /// zeros.
    /// </summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,H].</param>
    /// <param name="batch">T tokens.</param>
    /// <param name="width">w, odd.</param>
    /// <param name="y">[T,w·H], column s·H + c being column c of neighbour s; must not overlap <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width that is not odd and positive.</exception>
    public static void Neighbours(CrewCall crew, Rows x, TokenBatch batch, int width, Rows y)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (width < 1 || width % 2 == 0) throw new ArgumentOutOfRangeException(nameof(width), width, "an odd number of neighbours, the token included, is needed");
        Shape.RequireEqual(x.Count, batch.TokenCount, nameof(x));
        Shape.Require(y, x.Count, checked(width * x.Columns), nameof(y));
        if (x.Count == 0) return;
        fixed (int* offsets = batch.Offsets, silent = batch.SilentTokens)
        {
            var kernel = new NeighboursKernel(x, offsets, silent, batch.Count, width, y);
            crew.Run(ref kernel, kernel.Items, (long)y.Count * y.Columns >= 200_000);
        }
    }
}
