using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>A matrix of another reader with rows and columns exchanged. It is read once, in its own order, and held whole.</summary>
/// <param name="inner">The matrix.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">Its columns; the product is at most an array's length, which the caller has checked.</param>
/// <param name="whole">Holds the result.</param>
internal sealed class TransposedData(TensorData inner, long rows, long columns, WholeTensor whole) : TensorData
{
    private const int RowsAtOnce = 16;

    public override void Read(long first, Span<float> destination) => whole.Read(this, (int)(rows * columns), Fill, first, destination);

    private void Fill(Span<float> values)
    {
        (int height, int width) = ((int)rows, (int)columns);
        var read = new float[Math.Min(RowsAtOnce, height) * width];
        for (int row = 0; row < height; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, height - row);
            inner.Read((long)row * width, read.AsSpan(0, count * width));
            for (int c = 0; c < width; c++)
            {
                for (int r = 0; r < count; r++) values[(c * height) + row + r] = read[(r * width) + c];
            }
        }
    }
}
