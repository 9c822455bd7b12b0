using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A tensor of a PyTorch file, checked: a view of bytes that are there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Offset">Where its first element lies in the file, in bytes.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">The distance of neighbours in each dimension, in elements.</param>
internal sealed record TensorView(string Name, TensorDtype Dtype, long Offset, long[] Shape, long[] Strides)
{
    private int ElementBytes => TensorDtypes.BitsOf(Dtype) / 8;

    /// <summary>One of so many equal parts of the first dimension, which they divide.</summary>
    public TensorView Part(string name, int part, int parts)
    {
        long rows = Shape[0] / parts;
        long[] shape = [rows, .. Shape.AsSpan(1)];
        return this with { Name = name, Shape = shape, Offset = Offset + (part * rows * Strides[0] * ElementBytes) };
    }

    /// <summary>As a checkpoint lists it.</summary>
    public TensorInfo Describe(string file) => new()
    {
        Name = Name,
        Dtype = Dtype,
        Shape = new(Shape),
        File = file,
        Offset = Offset,
        Bytes = Shape.Aggregate(1L, (product, d) => product * d) * ElementBytes,
    };

    /// <summary>Its numbers; null where it holds none that weights can have.</summary>
    public TensorData? Data(ByteSource source, WholeTensor whole)
    {
        if (!TensorDtypes.IsWeight(Dtype)) return null;
        return StridedData.IsPlain(Shape, Strides) ? new PlainData(source, Dtype, Offset) : new StridedData(source, Dtype, Offset, Shape, Strides, whole);
    }
}
