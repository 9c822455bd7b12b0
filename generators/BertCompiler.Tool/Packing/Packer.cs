using System.Runtime.InteropServices;
using BertCompiler.Core.Plan;
using BertCompiler.Kernels;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.Tensors;

namespace BertCompiler.Tool.Packing;

/// <summary>
/// Writes a packed file in the order of its bytes, streaming from the checkpoint: at most two panels, or a few rows of a table, are in
/// memory at a time. Same inputs, same bytes.
/// </summary>
internal sealed class Packer(ICheckpoint checkpoint, TensorBindings bindings, IProgress<double>? progress, CancellationToken cancellation)
{
    /// <summary>Floats that are read of a table or vector at once.</summary>
    private const int ChunkFloats = 1 << 18;

    private readonly HashSet<TensorInfo> _notFinite = [];
    private float[] _rows = [];
    private float[] _panel = [];

    /// <summary>Packs a model.</summary>
    /// <param name="plan">The layout.</param>
    /// <param name="tokenizer">The tokenizer section; empty where the model has no tokenizer.</param>
    /// <param name="path">The file to write; it appears whole or not at all.</param>
    /// <exception cref="ImportException">The checkpoint could not be read.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was left.</exception>
    public PackResult Pack(PackingPlan plan, ReadOnlySpan<byte> tokenizer, string path)
    {
        using var writer = new PackedFileWriter(path);
        WeightPlan layout = plan.Layout;
        double total = layout.End + tokenizer.Length;
        IEnumerable<(TensorRecipe Recipe, int Set, long Offset)> pieces =
        [
            .. plan.Shared.Select(recipe => (recipe, 0, recipe.Tensor.Offset)),
            .. plan.LayerTensors.Select(t => (t.Recipe, t.Set, layout.Starts[t.Set] + t.Recipe.Tensor.Offset)),
        ];
        foreach ((TensorRecipe recipe, int set, long offset) in pieces.OrderBy(p => p.Offset)) Write(writer, recipe, set, offset, total);
        writer.PadTo(layout.End);
        writer.Write(tokenizer);
        string hash = writer.Commit(layout.End);
        progress?.Report(1);
        return new PackResult(hash, writer.Position, [.. _notFinite.OrderBy(t => t.Name, StringComparer.Ordinal)]);
    }

    private void Write(PackedFileWriter writer, TensorRecipe recipe, int set, long offset, double total)
    {
        writer.PadTo(offset);
        RowSource rows = RowSources.Of(recipe, bindings.Of(recipe, set), new SourceReader(checkpoint, _notFinite), cancellation);
        if (recipe.Tensor.Layout == PackedLayout.Matrix) WriteMatrix(writer, recipe.Tensor, rows);
        else WriteRows(writer, recipe.Tensor, rows);
        progress?.Report(writer.Position / total);
    }

    /// <summary>A panel is 32 rows of [N,K], which lie one after the other in the checkpoint.</summary>
    private void WriteMatrix(PackedFileWriter writer, PackedTensor tensor, RowSource source)
    {
        const int width = PackedMatrix.PanelWidth;
        int inputs = tensor.Rows;
        Span<float> rows = Buffer(ref _rows, width * inputs);
        Span<float> panel = Buffer(ref _panel, width * inputs);
        for (int first = 0; first < tensor.Columns; first += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, tensor.Columns - first);
            rows[(count * inputs)..].Clear();
            source(first, inputs, rows[..(count * inputs)]);
            Panels.Transpose(rows, inputs, panel);
            writer.Write(MemoryMarshal.AsBytes(panel));
        }
    }

    /// <summary>Rows of a table, or the one row of a vector, each zero-filled to its stride.</summary>
    private void WriteRows(PackedFileWriter writer, PackedTensor tensor, RowSource source)
    {
        int columns = tensor.Columns;
        int stride = Rows.StrideFor(columns);
        bool isVector = tensor.Layout == PackedLayout.Vector;
        int atOnce = Math.Clamp(ChunkFloats / stride, 1, tensor.Rows);
        Span<float> read = Buffer(ref _rows, atOnce * columns);
        Span<float> padded = Buffer(ref _panel, atOnce * stride);
        for (int first = 0; first < tensor.Rows; first += atOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(atOnce, tensor.Rows - first);
            Span<float> values = read[..(count * columns)];
            source(first, isVector ? 1 : columns, values);
            if (stride != columns) Spread(values, columns, padded, stride);
            writer.Write(MemoryMarshal.AsBytes(stride == columns ? values : padded[..(count * stride)]));
        }
    }

    private static void Spread(ReadOnlySpan<float> values, int columns, Span<float> padded, int stride)
    {
        for (int r = 0; r * columns < values.Length; r++)
        {
            values.Slice(r * columns, columns).CopyTo(padded[(r * stride)..]);
            padded.Slice((r * stride) + columns, stride - columns).Clear();
        }
    }

    private static Span<float> Buffer(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length];
        return buffer.AsSpan(0, length);
    }
}
