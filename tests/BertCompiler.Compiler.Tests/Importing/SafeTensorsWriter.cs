using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Packing;

namespace BertCompiler.Compiler.Tests.Importing;

/// <summary>Writes safetensors files, as the reference library lays them out: wide elements first, the header padded with blanks to 8 bytes.</summary>
internal static class SafeTensorsWriter
{
    /// <summary>Writes a file; it appears whole or not at all. Same tensors, same bytes.</summary>
    /// <exception cref="ArgumentException">A name stands twice, or a shape does not fit its bytes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<TensorData> tensors)
    {
        TensorData[] ordered = [.. tensors.OrderByDescending(t => TensorDtypes.BitsOf(t.Dtype)).ThenBy(t => t.Name, StringComparer.Ordinal)];
        Check(ordered);
        byte[] header = Header(ordered);
        string temporary = TemporaryName.For(path);
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach (TensorData tensor in ordered) file.Write(tensor.Bytes.Span);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Check(TensorData[] tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorData tensor in tensors)
        {
            if (!names.Add(tensor.Name)) throw new ArgumentException($"the tensor '{tensor.Name}' is given twice", nameof(tensors));
            long bits = tensor.Shape.Aggregate((long)TensorDtypes.BitsOf(tensor.Dtype), (product, d) => checked(product * d));
            if (bits != 8L * tensor.Bytes.Length) throw new ArgumentException($"the tensor '{tensor.Name}' [{string.Join(", ", tensor.Shape)}] has {tensor.Bytes.Length} bytes", nameof(tensors));
        }
    }

    private static byte[] Header(TensorData[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (TensorData tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", TensorDtypes.NameOf(tensor.Dtype));
                json.WriteStartArray("shape");
                foreach (long dimension in tensor.Shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset + tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
                offset += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        int padding = (8 - (buffer.WrittenCount % 8)) % 8;
        buffer.Write("        "u8[..padding]);
        return buffer.WrittenSpan.ToArray();
    }
}
