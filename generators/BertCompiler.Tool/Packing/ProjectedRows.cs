using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BertCompiler.Core.Plan;
using BertCompiler.Tool.Importers;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// Rows of a table through a norm and a projection, in float64 and rounded once: what is the same for every text is computed when the model is
/// imported. Tables are as long as there are distances, 512 rows in released models.
/// </summary>
/// <remarks>
/// Every number is a sum over its inputs in their order, each product rounded before it is added; lanes hold different numbers. So all machines
/// give the same bits.
/// </remarks>
internal sealed class ProjectedRows
{
    /// <summary>Outputs that are computed together: four registers of four.</summary>
    private const int PanelWidth = 16;

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
        ArraySegment<double[]> rows = new(_rows, (int)firstRow, destination.Length / width);
        var results = new float[destination.Length];
        int panels = (width + PanelWidth - 1) / PanelWidth;
        Parallel.For(0, panels, new ParallelOptions { CancellationToken = _cancellation }, panel => Project(rows, panel * PanelWidth, width, results));
        results.CopyTo(destination);
    }

    /// <summary>Some outputs of all rows.</summary>
    private void Project(ArraySegment<double[]> rows, int firstOutput, int width, float[] results)
    {
        int outputs = Math.Min(PanelWidth, width - firstOutput);
        double[] panel = Transposed(firstOutput, outputs);
        Span<double> sums = stackalloc double[2 * PanelWidth];
        for (int r = 0; r < rows.Count; r += 2)
        {
            // The last of an odd number of rows is computed twice.
            int next = Math.Min(r + 1, rows.Count - 1);
            MultiplyTwo(rows[r], rows[next], panel, sums);
            for (int n = 0; n < outputs; n++)
            {
                double bias = _bias[firstOutput + n];
                results[(r * width) + firstOutput + n] = (float)(sums[n] + bias);
                results[(next * width) + firstOutput + n] = (float)(sums[(next == r ? 0 : PanelWidth) + n] + bias);
            }
        }
    }

    /// <summary>The weights of some outputs as [K,16] in float64, zeros where there are fewer.</summary>
    private double[] Transposed(int firstOutput, int outputs)
    {
        var panel = new double[_inputs * PanelWidth];
        for (int n = 0; n < outputs; n++)
        {
            ReadOnlySpan<float> weights = _weight.AsSpan((firstOutput + n) * _inputs, _inputs);
            for (int k = 0; k < weights.Length; k++) panel[(k * PanelWidth) + n] = weights[k];
        }

        return panel;
    }

    /// <summary>Two rows times 16 outputs: eight sums stay in registers.</summary>
    private static void MultiplyTwo(double[] first, double[] second, double[] panel, Span<double> sums)
    {
        Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        ref double weights = ref MemoryMarshal.GetArrayDataReference(panel);
        for (int k = 0; k < first.Length; k++)
        {
            nuint at = (nuint)k * PanelWidth;
            Vector256<double> w0 = Vector256.LoadUnsafe(ref weights, at), w1 = Vector256.LoadUnsafe(ref weights, at + 4);
            Vector256<double> w2 = Vector256.LoadUnsafe(ref weights, at + 8), w3 = Vector256.LoadUnsafe(ref weights, at + 12);
            Vector256<double> a = Vector256.Create(first[k]), b = Vector256.Create(second[k]);
            a0 += a * w0;
            a1 += a * w1;
            a2 += a * w2;
            a3 += a * w3;
            b0 += b * w0;
            b1 += b * w1;
            b2 += b * w2;
            b3 += b * w3;
        }

        a0.CopyTo(sums);
        a1.CopyTo(sums[4..]);
        a2.CopyTo(sums[8..]);
        a3.CopyTo(sums[12..]);
        b0.CopyTo(sums[16..]);
        b1.CopyTo(sums[20..]);
        b2.CopyTo(sums[24..]);
        b3.CopyTo(sums[28..]);
    }

    private static double[] Normalized(ReadOnlySpan<float> row, (float[] Scale, float[] Shift)? norm, double epsilon)
    {
        var result = new double[row.Length];
        for (int i = 0; i < row.Length; i++) result[i] = row[i];
        if (norm is not { } n) return result;
        double mean = 0;
        foreach (double x in result) mean += x;
        mean /= result.Length;
        double variance = 0;
        foreach (double x in result) variance += (x - mean) * (x - mean);
        variance /= result.Length;
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
