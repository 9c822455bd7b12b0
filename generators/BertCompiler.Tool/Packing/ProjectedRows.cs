using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// Rows of a table through a norm and a projection, in float64 and rounded once: what is the same for every text is computed when the model is
/// imported. Tables are as long as there are distances, 512 rows in released models.
/// </summary>
internal sealed class ProjectedRows
{
    private readonly int _inputs;
    private readonly double[][] _rows;
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly CancellationToken _cancellation;

    public ProjectedRows(ProjectedTable table, IReadOnlyList<TensorInfo> sources, SourceReader reader, CancellationToken cancellation)
    {
        _inputs = table.Table.Shape[1];
        _cancellation = cancellation;
        float[] values = ReadAll(sources[0], reader);
        _weight = ReadAll(sources[1], reader);
        _bias = ReadAll(sources[2], reader);
        (float[] Scale, float[] Shift)? norm = table.NormScale is null ? null : (ReadAll(sources[3], reader), ReadAll(sources[4], reader));
        _rows = [.. Enumerable.Range(0, table.Table.Shape[0]).Select(row => Normalized(values.AsSpan(row * _inputs, _inputs), norm, table.Epsilon))];
    }

    /// <summary>Gives rows.</summary>
    public void Read(long firstRow, int width, Span<float> destination)
    {
        int rows = destination.Length / width;
        var results = new float[destination.Length];
        Parallel.For(0, rows, new ParallelOptions { CancellationToken = _cancellation }, r =>
        {
            double[] row = _rows[firstRow + r];
            for (int n = 0; n < width; n++)
            {
                ReadOnlySpan<float> weights = _weight.AsSpan(n * _inputs, _inputs);
                double sum = 0;
                for (int k = 0; k < weights.Length; k++) sum += row[k] * weights[k];
                results[(r * width) + n] = (float)(sum + _bias[n]);
            }
        });
        results.CopyTo(destination);
    }

    private static double[] Normalized(ReadOnlySpan<float> row, (float[] Scale, float[] Shift)? norm, double epsilon)
    {
        var result = new double[row.Length];
        for (int i = 0; i < row.Length; i++) result[i] = row[i];
        if (norm is not { } n) return result;
        double mean = result.Average();
        double variance = result.Average(x => (x - mean) * (x - mean));
        double factor = 1 / Math.Sqrt(variance + epsilon);
        for (int i = 0; i < result.Length; i++) result[i] = ((result[i] - mean) * factor * n.Scale[i]) + n.Shift[i];
        return result;
    }

    private static float[] ReadAll(TensorInfo tensor, SourceReader reader)
    {
        var values = new float[tensor.Elements];
        reader.Read(tensor, 0, values);
        return values;
    }
}
