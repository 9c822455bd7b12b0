using System.Runtime.InteropServices;
using BertCompiler.Core.Problems;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>An open safetensors file of any content: a model's weights, inputs for a run, expected results.</summary>
internal sealed class SafeTensorsFile : ICheckpoint
{
    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, TensorInfo> _byName;

    private SafeTensorsFile(string path, SafeFileHandle handle, IReadOnlyList<TensorInfo> tensors)
    {
        FilePath = path;
        _handle = handle;
        Tensors = tensors;
        _byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's path, as it was given.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="ImportException">Unreadable, or not a sound safetensors file.</exception>
    public static SafeTensorsFile Open(string path)
    {
        SafeFileHandle handle = ModelFile.Open(path, ProblemKinds.WeightsMissing);
        try
        {
            return new SafeTensorsFile(path, handle, SafeTensorsHeader.Read(handle, path));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name; null where there is none.</summary>
    public TensorInfo? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        if (!TensorDtypes.IsWeight(tensor.Dtype)) throw Unexpected(tensor, "F32, F16 or BF16");
        CheckRange(tensor, first, destination.Length);
        int size = TensorDtypes.BitsOf(tensor.Dtype) / 8;
        long offset = tensor.Offset + (first * size);
        if (tensor.Dtype == TensorDtype.F32)
        {
            ModelFile.Read(_handle, MemoryMarshal.AsBytes(destination), offset, FilePath);
            return;
        }

        const int chunk = 4096;
        Span<ushort> halves = stackalloc ushort[chunk];
        while (!destination.IsEmpty)
        {
            Span<ushort> part = halves[..Math.Min(chunk, destination.Length)];
            ModelFile.Read(_handle, MemoryMarshal.AsBytes(part), offset, FilePath);
            Widen.ToSingle(part, tensor.Dtype, destination);
            destination = destination[part.Length..];
            offset += part.Length * size;
        }
    }

    /// <summary>All numbers of a tensor of fp32, fp16 or bf16, row-major, as fp32.</summary>
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
        ModelFile.Read(_handle, MemoryMarshal.AsBytes(destination), tensor.Offset + (first * sizeof(long)), FilePath);
    }

    /// <summary>The bytes of a tensor of any type, as they lie in the file.</summary>
    /// <exception cref="ImportException">More bytes than an array can hold.</exception>
    public byte[] ReadBytes(TensorInfo tensor)
    {
        if (tensor.Bytes > Array.MaxLength) throw TooLarge(tensor);
        var bytes = new byte[tensor.Bytes];
        ModelFile.Read(_handle, bytes, tensor.Offset, FilePath);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

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
