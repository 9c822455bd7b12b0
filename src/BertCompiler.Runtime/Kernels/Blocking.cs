namespace BertCompiler.Kernels;

/// <summary>How matrix products are cut so that what is used again is still in cache. No result depends on it.</summary>
internal static class Blocking
{
    // Half of a 1 MiB second-level cache for the rows; a panel and the results take the rest.
    private const int RowBytes = 384 * 1024;

    /// <summary>Rows of K floats that are multiplied with one panel before the next panel is fetched: a multiple of 12, at least 48.</summary>
    public static int RowsFor(int inputs)
    {
        long fit = RowBytes / (Math.Max(1L, Rows.StrideFor(inputs)) * sizeof(float));
        return (int)Math.Clamp(fit / TileRows.Most * TileRows.Most, 48, 192);
    }
}
