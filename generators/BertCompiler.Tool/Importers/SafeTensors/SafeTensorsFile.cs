using System.Runtime.InteropServices;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>An open safetensors file of any content: a model's weights, inputs for a run, expected results.</summary>
internal sealed class SafeTensorsFile : ICheckpoint
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, TensorInfo> _byName;

    private SafeTensorsFile(ByteSource source, IReadOnlyList<TensorInfo> tensors)
    {
        _source = source;
        Tensors = tensors;
        _byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's path, as it was given.</summary>
    public string FilePath => _source.FilePath;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <inheritdoc/>
    public CheckpointFacts Facts => CheckpointFacts.None;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="ImportException">Unreadable, or not a sound safetensors file.</exception>
    public static SafeTensorsFile Open(string path) => Open(ByteSource.Open(path, ProblemKinds.WeightsMissing));

    /// <summary>Checks the header of a file, which the result owns.</summary>
    /// <exception cref="ImportException">Not a sound safetensors file; it is closed.</exception>
    public static SafeTensorsFile Open(ByteSource source)
    {
        try
        {
            return new SafeTensorsFile(source, SafeTensorsHeader.Read(source));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name; null where there is none.</summary>
    public TensorInfo? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        if (!TensorDtypes.IsWeight(tensor.Dtype)) throw Unexpected(tensor, TensorDtypes.WeightNames);
        CheckRange(tensor, first, destination.Length);
        Elements.Read(_source, tensor.Dtype, tensor.Offset + (first * (TensorDtypes.BitsOf(tensor.Dtype) / 8)), destination);
    }

    /// <summary>All numbers of a tensor of floats, row-major, as fp32.</summary>
    /// <exception cref="ImportException">Another element type, or more elements than an array can hold.</exception>
    public float[] ReadSingles(TensorInfo tensor)
    {
        var values = new float[Length(tensor)];
        Read(tensor, 0, values);
        return values;
    }

    /// <summary>All numbers of an int64 tensor, row-major.</summary>
    /// <exception cref="ImportException">Another element type, or more elements than an array can hold.</exception>
    public long[] ReadInt64s(TensorInfo tensor)
    {
        if (tensor.Dtype != TensorDtype.I64) throw Unexpected(tensor, "I64");
        var values = new long[Length(tensor)];
        ReadInt64s(tensor, 0, values);
        return values;
    }

    /// <summary>Elements <paramref name="first"/> … of an int64 tensor, row-major.</summary>
    /// <exception cref="ImportException">Another element type.</exception>
    public void ReadInt64s(TensorInfo tensor, long first, Span<long> destination)
    {
        if (tensor.Dtype != TensorDtype.I64) throw Unexpected(tensor, "I64");
        CheckRange(tensor, first, destination.Length);
        _source.Read(MemoryMarshal.AsBytes(destination), tensor.Offset + (first * sizeof(long)));
    }

    /// <summary>The bytes of a tensor of any type, as they lie in the file.</summary>
    /// <exception cref="ImportException">More bytes than an array can hold.</exception>
    public byte[] ReadBytes(TensorInfo tensor)
    {
        if (tensor.Bytes > Array.MaxLength) throw TooLarge(tensor);
        var bytes = new byte[tensor.Bytes];
        _source.Read(bytes, tensor.Offset);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static void CheckRange(TensorInfo tensor, long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, tensor.Elements - count, nameof(first));
    }

    private int Length(TensorInfo tensor) => tensor.Elements <= Array.MaxLength ? (int)tensor.Elements : throw TooLarge(tensor);

    private ImportException TooLarge(TensorInfo tensor) =>
        new(ProblemKinds.SafeTensorsBounds, FilePath, $"{Path.GetFileName(FilePath)}: '{tensor.Name}' {tensor.ShapeText} is too large to be read at once");

    private ImportException Unexpected(TensorInfo tensor, string expected) =>
        new(ProblemKinds.TensorDtype, FilePath, $"{Path.GetFileName(FilePath)}: '{tensor.Name}' holds {TensorDtypes.NameOf(tensor.Dtype)}; expected {expected}");
}
