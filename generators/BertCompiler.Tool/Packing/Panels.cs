using BertCompiler.Kernels;

namespace BertCompiler.Tool.Packing;

/// <summary>Rows of a weight matrix [N,K] → a panel [K][32].</summary>
internal static class Panels
{
    private const int Block = 16;

    /// <summary>
    /// Transposes 32 rows of K floats. In blocks of 16 columns: the 2 KB of the panel that a block writes stay in L1, and each row is read
    /// a cache line at a time.
    /// </summary>
    public static void Transpose(ReadOnlySpan<float> rows, int inputs, Span<float> panel)
    {
        const int width = PackedMatrix.PanelWidth;
        for (int first = 0; first < inputs; first += Block)
        {
            int end = Math.Min(first + Block, inputs);
            for (int n = 0; n < width; n++)
            {
                ReadOnlySpan<float> row = rows.Slice(n * inputs, inputs);
                for (int k = first; k < end; k++) panel[(k * width) + n] = row[k];
            }
        }
    }
}
