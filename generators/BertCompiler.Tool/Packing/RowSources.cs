using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>What a recipe says, as rows.</summary>
internal static class RowSources
{
    /// <summary>The rows [N,K] of a matrix, the rows of a table, or the numbers of a vector as rows of one.</summary>
    public static RowSource Of(TensorRecipe recipe, IReadOnlyList<TensorInfo> sources, SourceReader reader, CancellationToken cancellation)
    {
        RowSource rows = recipe.Content switch
        {
            StoredRows stored => Stored(stored, sources, reader),
            Zeros => (_, _, destination) => destination.Clear(),
            SineWaves => (firstRow, width, destination) => Sinusoids.Fill((int)firstRow, width, destination),
            RotaryAngles angles => (firstRow, width, destination) => RotaryRows.Fill(angles, (int)firstRow, width, destination),
            UnfoldedConvolution convolution => new ConvolutionRows(convolution, sources[0], reader).Read,
            ProjectedTable table => new ProjectedRows(table, sources, reader, cancellation).Read,
            var other => throw new ArgumentException($"no rows for {other.GetType().Name}", nameof(recipe)),
        };
        return Scaled(recipe.Tensor, recipe.Tensor.IsInterleaved ? Interleaved(recipe, rows) : rows);
    }

    private static RowSource Stored(StoredRows stored, IReadOnlyList<TensorInfo> sources, SourceReader reader) => (firstRow, width, destination) =>
    {
        long before = 0;
        for (int s = 0; s < sources.Count && !destination.IsEmpty; s++)
        {
            SourceTensor source = stored.Sources[s];
            long rows = source.RowCount == 0 ? sources[s].Elements / width : source.RowCount;
            long skip = firstRow - before;
            before += rows;
            if (skip >= rows) continue;
            int count = (int)Math.Min((rows - skip) * width, destination.Length);
            reader.Read(sources[s], (source.FirstRow + skip) * width, destination[..count]);
            destination = destination[count..];
            firstRow += count / width;
        }
    };

    /// <summary>Rows of two halves in turns of 32, each half followed by rows of zeros up to a multiple of 32.</summary>
    private static RowSource Interleaved(TensorRecipe recipe, RowSource rows)
    {
        int half = recipe.Sources.Sum(s => s.RowCount == 0 ? s.Shape[0] : s.RowCount) / 2;
        return (firstRow, width, destination) =>
        {
            for (long row = firstRow; !destination.IsEmpty; row++)
            {
                (long panel, long inPanel) = Math.DivRem(row, 32);
                long output = ((panel / 2) * 32) + inPanel;
                Span<float> target = destination[..width];
                if (output < half) rows(output + (panel % 2 * half), width, target);
                else target.Clear();
                destination = destination[width..];
            }
        };
    }

    private static RowSource Scaled(PackedTensor tensor, RowSource rows)
    {
        if (tensor.ScaleExponent == 0) return rows;
        float factor = MathF.ScaleB(1, tensor.ScaleExponent);
        return (firstRow, width, destination) =>
        {
            rows(firstRow, width, destination);
            long scaled = Math.Clamp((tensor.ScaledOutputs - firstRow) * width, 0, destination.Length);
            foreach (ref float value in destination[..(int)scaled]) value *= factor;
        };
    }
}
