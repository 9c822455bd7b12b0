using System.Numerics;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Holds tensors as a pickle says them against the bytes of their storages: nothing outside is ever read.</summary>
internal sealed class ViewChecker(ByteSource source, PickledFile file)
{
    private const int MostDimensions = 64;

    /// <summary>A view that names more elements than its storage has repeats them; that many bytes of repetition are borne.</summary>
    private const long MostRepeated = ImportBudget.Default;

    /// <summary>Checks one tensor.</summary>
    /// <exception cref="ImportException">It reaches outside its storage, the storage is not as long as it is said to be, or a field has another type.</exception>
    public TensorView Check(string name, PickleTensor tensor)
    {
        if (tensor.Storage is not PickleStorage storage) throw Malformed(name, $"its storage is {PickleCalls.Describe(tensor.Storage)}");
        TensorDtype dtype = tensor.Dtype ?? storage.Dtype ?? TensorDtype.U8;
        int width = TensorDtypes.BitsOf(dtype) / 8;
        int stored = storage.Dtype is { } of ? TensorDtypes.BitsOf(of) / 8 : 1;
        StorageRun run = Find(name, storage, stored);
        long offset = Integer(name, "the offset", tensor.Offset);
        long[] shape = Integers(name, "the size", tensor.Size);
        long[] strides = Integers(name, "the strides", tensor.Stride);
        if (shape.Length != strides.Length) throw Malformed(name, $"it has {shape.Length} dimensions and {strides.Length} strides");
        long available = storage.ViewElements * stored / width;
        (long elements, long last) = Extent(name, offset, shape, strides);
        if (elements == 0 ? offset > available : last >= available)
        {
            throw Bounds(name, $"offset {offset}, size [{string.Join(", ", shape)}] and strides [{string.Join(", ", strides)}] reach element {last} of a storage of {available}");
        }

        bool isPlain = StridedData.IsPlain(shape, strides);
        if (!isPlain && (elements > Array.MaxLength || (elements > available && elements > MostRepeated / sizeof(float))))
        {
            throw new ImportException(ProblemKinds.PickleUnsupported, source.FilePath, $"{source.FileName}: '{Text.Shorten(name)}' is a view of {elements} elements over a storage of {available}; store it contiguously");
        }

        return new TensorView(name, dtype, run.Offset + (storage.ViewOffset * stored) + (offset * width), shape, strides);
    }

    private StorageRun Find(string name, PickleStorage storage, int width)
    {
        string key = Text.Shorten(storage.Key);
        if (!file.Storages.TryGetValue(storage.Key, out StorageRun run)) throw Bounds(name, $"its storage '{key}' is not in the file");
        bool fits = storage.Elements <= long.MaxValue / width && storage.Elements * width == run.Bytes;
        return fits ? run : throw Bounds(name, $"its storage '{key}' should have {storage.Elements} elements of {width} bytes, and there are {run.Bytes} bytes");
    }

    /// <summary>The number of elements, and the greatest place of one in the storage.</summary>
    private (long Elements, long Last) Extent(string name, long offset, long[] shape, long[] strides)
    {
        try
        {
            checked
            {
                (long elements, long last) = (1, offset);
                for (int i = 0; i < shape.Length; i++) elements *= shape[i];
                if (Array.IndexOf(shape, 0L) >= 0) return (0, offset);
                for (int i = 0; i < shape.Length; i++) last += (shape[i] - 1) * strides[i];
                _ = elements * sizeof(double);
                return (elements, last);
            }
        }
        catch (OverflowException)
        {
            throw Bounds(name, $"size [{string.Join(", ", shape)}] and strides [{string.Join(", ", strides)}] overflow 64 bits");
        }
    }

    private long[] Integers(string name, string what, object? value)
    {
        IReadOnlyList<object?>? items = value switch
        {
            PickleTuple tuple => tuple.Items,
            PickleList list => list.Items,
            PickleBag { Of: { Module: "torch", Name: "Size" }, Arguments.Items: [PickleTuple tuple] } => tuple.Items,
            _ => null,
        };
        if (items is null || items.Count > MostDimensions) throw Malformed(name, $"{what} is {PickleCalls.Describe(value)}; expected a tuple of at most {MostDimensions} numbers");
        var values = new long[items.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Integer(name, what, items[i]);
        return values;
    }

    private long Integer(string name, string what, object? value) => value switch
    {
        long number when number >= 0 => number,
        long number => throw Bounds(name, $"{what} holds {number}, which is negative"),
        BigInteger => throw Bounds(name, $"{what} does not fit 64 bits"),
        _ => throw Malformed(name, $"{what} holds {PickleCalls.Describe(value)}; expected a number"),
    };

    private ImportException Bounds(string name, string message) => new(ProblemKinds.PickleBounds, source.FilePath, $"{source.FileName}: '{Text.Shorten(name)}': {message}");

    private ImportException Malformed(string name, string message) => new(ProblemKinds.PickleMalformed, source.FilePath, $"{source.FileName}: {file.What}: '{Text.Shorten(name)}': {message}");
}
