namespace BertCompiler.Tool.Packing;

/// <summary>
/// Sine waves in place of learned positions (Vaswani et al. 2017, §3.5), in float64 and then rounded, as Hugging Face's
/// <c>create_sinusoidal_embeddings</c> does: column j of row p is sin(p/10000^(j/E)) for even j, cos(p/10000^((j−1)/E)) for odd.
/// </summary>
internal static class Sinusoids
{
    /// <summary>Fills whole rows of <paramref name="columns"/> numbers, row <paramref name="firstRow"/> first.</summary>
    public static void Fill(int firstRow, int columns, Span<float> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            double angle = (firstRow + row) / Math.Pow(10000, 2 * (column / 2) / (double)columns);
            rows[i] = (float)(column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }
    }
}
