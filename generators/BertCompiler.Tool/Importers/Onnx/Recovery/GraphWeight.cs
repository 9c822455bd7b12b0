using BertCompiler.Core;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx.Recovery;

/// <summary>A constant as a node of the graph sees it: where its numbers lie, how they are stored, and how they are arranged.</summary>
internal sealed record GraphWeight
{
    /// <summary>What the graph calls it: the name of a parameter where there is one on the way to the numbers, else the initialiser's.</summary>
    public required string Name { get; init; }

    /// <summary>The stored numbers.</summary>
    public required OnnxTensor Values { get; init; }

    /// <summary>Its dimensions, after <see cref="Transposed"/> and slicing.</summary>
    public required EquatableArray<long> Shape { get; init; }

    /// <summary>How the numbers are stored.</summary>
    public WeightForm Form { get; init; }

    /// <summary>Scales of a quantised form.</summary>
    public OnnxTensor? Scale { get; init; }

    /// <summary>Zero points of a quantised form; null: the form's own.</summary>
    public OnnxTensor? ZeroPoint { get; init; }

    /// <summary>The axis of the stored numbers along which scales differ.</summary>
    public long Axis { get; init; } = 1;

    /// <summary>Numbers of a block that share a scale; 0: no blocks.</summary>
    public long Block { get; init; }

    /// <summary>Bits of a number in the packed forms.</summary>
    public long Bits { get; init; }

    /// <summary>Whether rows and columns of the stored matrix are exchanged.</summary>
    public bool Transposed { get; init; }

    /// <summary>The first of the rows that are taken, where a matrix or vector is cut up.</summary>
    public long FirstRow { get; init; }

    /// <summary>Whether it is stored in other numbers than floats.</summary>
    public bool IsQuantized => Form != WeightForm.Plain;

    /// <summary>Whether there are numbers to read as weights.</summary>
    public bool HasNumbers => IsQuantized || (Values.Dtype is { } dtype && TensorDtypes.IsWeight(dtype));

    /// <summary>The element type that the numbers have once they are read.</summary>
    public TensorDtype Dtype => IsQuantized ? TensorDtype.F32 : Values.Dtype ?? TensorDtype.U8;

    /// <summary>A matrix with rows and columns exchanged.</summary>
    public GraphWeight Flip() => this with { Transposed = !Transposed, Shape = new([Shape[1], Shape[0]]) };

    /// <summary>A run of the rows of a matrix, or of the numbers of a vector.</summary>
    public GraphWeight Rows(long first, long count) => this with { FirstRow = FirstRow + first, Shape = new([count, .. Shape.Skip(1)]) };

    /// <summary>The numbers; null: they are no floats.</summary>
    /// <param name="whole">Holds a tensor that is not read in its own order.</param>
    /// <exception cref="ImportException">Quantised numbers and their scales do not fit each other.</exception>
    public TensorData? Data(WholeTensor whole)
    {
        if (!HasNumbers) return null;
        if (Form == WeightForm.Plain) return PlainNumbers(whole);
        TensorData all = Form switch
        {
            WeightForm.MatMulNBits => QuantizedData.MatMulNBits(Values, Scale!, ZeroPoint, Shape[0], Shape[1], Bits, Block),
            WeightForm.GatherBlocks => QuantizedData.GatherBlocks(Values, Scale!, ZeroPoint, Bits, Block),
            _ when Values.Type == OnnxType.Int32 => ScaledIntegers.Of(Values, Scale!, ZeroPoint),
            _ when Transposed => QuantizedData.Linear(Values, Scale!, ZeroPoint, Axis, Block).Transposed(whole),
            _ => QuantizedData.Linear(Values, Scale!, ZeroPoint, Axis, Block),
        };
        return FirstRow == 0 ? all : new SlicedData(all, FirstRow * RowElements);
    }

    /// <summary>What a checkpoint says of it under a name.</summary>
    public TensorInfo Info(string name) => new()
    {
        Name = name,
        Dtype = Dtype,
        Shape = Shape,
        File = Values.Source.FilePath,
        Offset = Values.Offset,
        Bytes = Values.Bytes,
    };

    private long RowElements => Shape.Skip(1).Aggregate(1L, (product, d) => product * d);

    private TensorData PlainNumbers(WholeTensor whole)
    {
        TensorDtype dtype = Dtype;
        long size = TensorDtypes.BitsOf(dtype) / 8;
        if (!Transposed) return new PlainData(Values.Source, dtype, Values.Offset + (FirstRow * RowElements * size));
        return new StridedData(Values.Source, dtype, Values.Offset + (FirstRow * size), [Shape[0], Shape[1]], [1, Values.Dims[1]], whole);
    }
}
