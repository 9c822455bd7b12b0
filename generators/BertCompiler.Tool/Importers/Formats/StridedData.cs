namespace BertCompiler.Tool.Importers.Formats;

/// <summary>
/// A view of a run of numbers: element (i, j, …) of the tensor is number i·strides[0] + j·strides[1] + … of the run. Transposed and sliced
/// tensors, and PyTorch's views, are such. The run is read once, in its own order, and the tensor is held whole.
/// </summary>
internal sealed class StridedData : TensorData
{
    private const int Chunk = 1 << 16;

    private readonly ByteSource _source;
    private readonly TensorDtype _dtype;
    private readonly long _offset;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly WholeTensor _whole;

    /// <param name="source">The file.</param>
    /// <param name="dtype">fp32, fp16, bf16 or fp64.</param>
    /// <param name="offset">Where the tensor's first element lies in the file, in bytes.</param>
    /// <param name="shape">The tensor's dimensions; their product is at most an array's length, which the caller has checked.</param>
    /// <param name="strides">As many, none negative, in elements; the caller has checked that no element lies outside the file.</param>
    /// <param name="whole">Holds the tensor.</param>
    public StridedData(ByteSource source, TensorDtype dtype, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, WholeTensor whole)
    {
        (_source, _dtype, _offset, _whole) = (source, dtype, offset, whole);
        (_shape, _strides) = (shape.ToArray(), strides.ToArray());
    }

    /// <summary>The data of a matrix [rows, columns] that is stored as [columns, rows].</summary>
    public static StridedData Transposed(ByteSource source, TensorDtype dtype, long offset, long rows, long columns, WholeTensor whole) =>
        new(source, dtype, offset, [rows, columns], [1, rows], whole);

    /// <summary>Whether such strides mean row-major order without gaps: then <see cref="PlainData"/> serves.</summary>
    public static bool IsPlain(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        long expected = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] == 1) continue;
            if (strides[i] != expected) return false;
            expected *= shape[i];
        }

        return true;
    }

    public override void Read(long first, Span<float> destination) =>
        _whole.Read(this, checked((int)_shape.Aggregate(1L, (product, d) => product * d)), Fill, first, destination);

    private void Fill(Span<float> values)
    {
        if (values.IsEmpty) return;
        long span = 1;
        for (int i = 0; i < _shape.Length; i++) span += (_shape[i] - 1) * _strides[i];
        var run = new float[(int)Math.Min(span, Chunk)];
        var at = new long[_shape.Length];
        (long start, int held) = (0, 0);
        Order order = Order.Of(_shape, _strides);
        for (long n = 0; n < values.Length; n++)
        {
            (long from, long to) = order.Places(at);
            if (from < start || from >= start + held)
            {
                (start, held) = (from, (int)Math.Min(run.Length, span - from));
                Elements.Read(_source, _dtype, _offset + (from * (TensorDtypes.BitsOf(_dtype) / 8)), run.AsSpan(0, held));
            }

            values[(int)to] = run[from - start];
            order.Next(at);
        }
    }

    /// <summary>The elements in an order in which their places in the file only grow, as far as the strides allow it.</summary>
    private sealed class Order(long[] shape, long[] strides, long[] places, int[] axes)
    {
        public static Order Of(long[] shape, long[] strides)
        {
            var places = new long[shape.Length];
            long place = 1;
            for (int i = shape.Length - 1; i >= 0; i--) (places[i], place) = (place, place * shape[i]);
            int[] axes = [.. Enumerable.Range(0, shape.Length).OrderByDescending(i => strides[i])];
            return new Order(shape, strides, places, axes);
        }

        /// <summary>Where an element lies: in the run, and in the tensor.</summary>
        public (long From, long To) Places(long[] at)
        {
            (long from, long to) = (0, 0);
            for (int i = 0; i < at.Length; i++) (from, to) = (from + (at[i] * strides[i]), to + (at[i] * places[i]));
            return (from, to);
        }

        public void Next(long[] at)
        {
            for (int i = axes.Length - 1; i >= 0; i--)
            {
                int axis = axes[i];
                if (++at[axis] < shape[axis]) return;
                at[axis] = 0;
            }
        }
    }
}
