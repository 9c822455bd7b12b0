using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using BertCompiler.Tool.Packing;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>
/// Writes a safetensors file of tensors of floats that are declared first and then filled in parts, in any order: what is not filled is 0. The
/// file appears whole, by <see cref="Commit"/>, or not at all.
/// </summary>
internal sealed class SafeTensorsOutput : IDisposable
{
    // The format's own reader wants the data to begin on an 8-byte border.
    private const int Alignment = 8;

    private const int Chunk = 2048;

    private readonly string _path;
    private readonly string _temporary;
    private readonly SafeFileHandle _handle;
    private readonly long[] _starts;
    private readonly long[] _elements;
    private readonly TensorDtype[] _dtypes;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it is going to be.</param>
    /// <param name="tensors">What will be in it, in the order of the bytes; names must differ.</param>
    /// <param name="format">What <c>__metadata__</c> gives as <c>format</c>: transformers wants <c>pt</c>; null: nothing.</param>
    /// <exception cref="IOException">The file cannot be made, or the disk cannot hold it.</exception>
    public SafeTensorsOutput(string path, IReadOnlyList<TensorDeclaration> tensors, string? format = null)
    {
        _path = path;
        _temporary = TemporaryName.For(path);
        (_starts, _elements) = (new long[tensors.Count], new long[tensors.Count]);
        _dtypes = [.. tensors.Select(t => t.Dtype)];
        byte[] header;
        long end;
        try
        {
            header = Header(tensors, format, out end);
        }
        catch (OverflowException)
        {
            throw new IOException($"{path}: the tensors would be longer than a file can be");
        }

        for (int i = 0; i < _starts.Length; i++) _starts[i] += header.Length;
        _handle = File.OpenHandle(_temporary, FileMode.CreateNew, FileAccess.Write);
        try
        {
            RandomAccess.Write(_handle, header, 0);
            RandomAccess.SetLength(_handle, header.Length + end);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Fills elements <paramref name="first"/> … of the tensor with that number. 16-bit tensors take values that they hold exactly, else the nearest.</summary>
    public void Write(int tensor, long first, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _elements[tensor] - values.Length, nameof(first));
        long offset = _starts[tensor] + (first * SizeOf(_dtypes[tensor]));
        if (_dtypes[tensor] == TensorDtype.F32) RandomAccess.Write(_handle, MemoryMarshal.AsBytes(values), offset);
        else WriteHalves(values, _dtypes[tensor], offset);
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        _handle.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        File.Delete(_temporary);
    }

    private static int SizeOf(TensorDtype dtype) => dtype switch
    {
        TensorDtype.F32 => sizeof(float),
        TensorDtype.F16 or TensorDtype.BF16 => sizeof(ushort),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not a type that is written"),
    };

    private void WriteHalves(ReadOnlySpan<float> values, TensorDtype dtype, long offset)
    {
        Span<ushort> halves = stackalloc ushort[Chunk];
        while (!values.IsEmpty)
        {
            Span<ushort> part = halves[..Math.Min(Chunk, values.Length)];
            Narrow.ToHalves(values[..part.Length], dtype, part);
            RandomAccess.Write(_handle, MemoryMarshal.AsBytes(part), offset);
            values = values[part.Length..];
            offset += part.Length * sizeof(ushort);
        }
    }

    private byte[] Header(IReadOnlyList<TensorDeclaration> tensors, string? format, out long end)
    {
        using var stream = new MemoryStream();
        stream.Write(new byte[sizeof(ulong)]);
        end = 0;
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (format is not null)
            {
                json.WriteStartObject("__metadata__");
                json.WriteString("format", format);
                json.WriteEndObject();
            }

            for (int i = 0; i < tensors.Count; i++)
            {
                (_starts[i], _elements[i]) = (end, tensors[i].Elements);
                end = checked(end + (_elements[i] * SizeOf(_dtypes[i])));
                json.WriteStartObject(tensors[i].Name);
                json.WriteString("dtype", TensorDtypes.NameOf(_dtypes[i]));
                WriteNumbers(json, "shape", tensors[i].Shape);
                WriteNumbers(json, "data_offsets", [_starts[i], end]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0) stream.WriteByte((byte)' ');
        byte[] header = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(ulong));
        return header;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
