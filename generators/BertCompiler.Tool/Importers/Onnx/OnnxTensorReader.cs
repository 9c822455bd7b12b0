using BertCompiler.Core;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Reads TensorProto messages, in whatever order their fields lie: what tensors say of themselves, and where their numbers are.</summary>
internal sealed class OnnxTensorReader(WireReader reader, ByteSource source, OnnxExternalFiles external, CheckpointContext context)
{
    private const int MostDims = 16;
    private const int TensorBytes = 512;
    private const int FieldBytes = 96;

    /// <summary>Reads a tensor.</summary>
    /// <param name="message">The field that holds it.</param>
    /// <param name="name">What it is called; null: as it says itself.</param>
    /// <exception cref="ImportException">Not well-formed, or numbers that do not fit dimensions and type.</exception>
    public OnnxTensor Read(WireField message, string? name)
    {
        reader.Expect(message, WireType.Bytes);
        Spend(TensorBytes);
        var parts = new Parts { Name = name ?? "" };
        for (long at = message.Offset; at < message.End;)
        {
            WireField field = reader.Field(at, message.End);
            Take(field, parts, name is null);
            at = field.End;
        }

        return Locate(parts);
    }

    private void Take(WireField field, Parts parts, bool named)
    {
        switch (field.Number)
        {
            case 1:
                reader.AddVarints(field, MostDims, parts.Dims);
                break;
            case 2:
                reader.Expect(field, WireType.Varint);
                parts.Type = field.Value;
                break;
            case 3:
                throw Fault(ProblemKinds.OnnxUnsupported, parts.Name, "is stored in segments, which ONNX no longer defines");
            case 4 or 5 or 6 or 7 or 10 or 11:
                TakeNumbers(field, parts);
                break;
            case 8 when named:
                Spend(2 * field.Length);
                parts.Name = reader.Text(field);
                break;
            case 9:
                reader.Expect(field, WireType.Bytes);
                if (parts.Raw is not null) throw Fault(ProblemKinds.OnnxMalformed, parts.Name, "has raw_data twice");
                parts.Raw = field;
                break;
            case 13:
                reader.Expect(field, WireType.Bytes);
                OnnxEntries.Add(reader, field, source, context.Budget, parts.External);
                break;
            case 14:
                reader.Expect(field, WireType.Varint);
                parts.IsExternal = field.Value == 1;
                break;
        }
    }

    private void TakeNumbers(WireField field, Parts parts)
    {
        if (parts.Numbers.Count > 0 && parts.Numbers[0].Number != field.Number)
        {
            throw Fault(ProblemKinds.OnnxMalformed, parts.Name, $"has numbers in field {parts.Numbers[0].Number} and in field {field.Number}");
        }

        if (field.Length == 0) return;
        if (field.Number == 6)
        {
            // Texts are not read; one is remembered, so that a tensor of texts has its numbers nowhere else.
            if (parts.Numbers.Count > 0) return;
        }

        Spend(FieldBytes);
        parts.Numbers.Add(field);
    }

    private OnnxTensor Locate(Parts parts)
    {
        var type = (OnnxType)(parts.Type is > 0 and < int.MaxValue ? parts.Type : 0);
        if (OnnxTypes.BitsOf(type) is not { } bits) throw Fault(ProblemKinds.OnnxDtype, parts.Name, $"has element type {parts.Type}, which ONNX does not define");
        long elements = Count(parts, Math.Max(bits, 8));
        long bytes = (long)(((Int128)elements * bits + 7) / 8);
        (ByteSource file, long offset) = bits == 0 ? (source, 0) : Place(parts, type, bits, bytes);
        return new OnnxTensor
        {
            Name = parts.Name,
            Type = type,
            Dims = new EquatableArray<long>(parts.Dims),
            Elements = elements,
            Source = file,
            Offset = offset,
            Bytes = bytes,
        };
    }

    private long Count(Parts parts, int bits)
    {
        Int128 elements = 1;
        foreach (long d in parts.Dims)
        {
            if (d < 0) throw Fault(ProblemKinds.OnnxBounds, parts.Name, $"has dimensions [{string.Join(", ", parts.Dims)}], one of them negative");
            elements *= d;

            // Also where a later dimension is 0: such a shape is none that anybody writes.
            if (elements * bits > long.MaxValue) throw Fault(ProblemKinds.OnnxBounds, parts.Name, $"has dimensions [{string.Join(", ", parts.Dims)}], too many numbers for any file");
        }

        return (long)elements;
    }

    private (ByteSource File, long Offset) Place(Parts parts, OnnxType type, int bits, long bytes)
    {
        if (parts.IsExternal) return external.Find(parts.Name, parts.External, bytes);
        if (parts.Raw is { } raw)
        {
            if (parts.Numbers.Count > 0) throw Fault(ProblemKinds.OnnxMalformed, parts.Name, $"has numbers in raw_data and in field {parts.Numbers[0].Number}");
            CheckBytes(parts, raw.Length, bytes);
            return (source, raw.Offset);
        }

        if (parts.Numbers.Count == 0)
        {
            CheckBytes(parts, 0, bytes);
            return (source, 0);
        }

        int expected = FieldOf(type);
        if (parts.Numbers[0].Number != expected) throw Fault(ProblemKinds.OnnxBounds, parts.Name, $"holds {type} and has its numbers in field {parts.Numbers[0].Number}; expected field {expected}");
        return expected is 4 or 10 ? Fixed(parts, expected == 4 ? WireType.Fixed32 : WireType.Fixed64, bytes) : Varints(parts, Math.Max(bits, 8) / 8, bytes);
    }

    /// <summary>Floats: one packed field is where it is; single fields are gathered.</summary>
    private (ByteSource File, long Offset) Fixed(Parts parts, WireType single, long bytes)
    {
        long found = 0;
        foreach (WireField field in parts.Numbers)
        {
            if (field.Type != single) reader.Expect(field, WireType.Bytes);
            found += field.Length;
        }

        CheckBytes(parts, found, bytes);
        if (parts.Numbers.Count == 1) return (source, parts.Numbers[0].Offset);
        Spend(bytes);
        var gathered = new byte[bytes];
        int at = 0;
        foreach (WireField field in parts.Numbers)
        {
            reader.Copy(field.Offset, gathered.AsSpan(at, (int)field.Length));
            at += (int)field.Length;
        }

        return (ByteSource.Of(new MemoryStream(gathered, writable: false), source.FilePath), 0);
    }

    private (ByteSource File, long Offset) Varints(Parts parts, int size, long bytes)
    {
        foreach (WireField field in parts.Numbers)
        {
            if (field.Type != WireType.Varint) reader.Expect(field, WireType.Bytes);
        }

        VarintSource numbers = VarintSource.Of(reader, source, parts.Numbers, size, context.Budget);
        CheckBytes(parts, numbers.Length, bytes);
        return (numbers, 0);
    }

    /// <summary>The field that holds numbers of a type where raw_data does not (onnx.proto, comments of TensorProto).</summary>
    private static int FieldOf(OnnxType type) => type switch
    {
        OnnxType.Float or OnnxType.Complex64 => 4,
        OnnxType.Int64 => 7,
        OnnxType.Double or OnnxType.Complex128 => 10,
        OnnxType.UInt32 or OnnxType.UInt64 => 11,
        _ => 5,
    };

    private void CheckBytes(Parts parts, long found, long expected)
    {
        if (found == expected) return;
        throw Fault(ProblemKinds.OnnxBounds, parts.Name, $"[{string.Join(", ", parts.Dims)}] of element type {(OnnxType)parts.Type} needs {expected} bytes; {found} are there");
    }

    private void Spend(long bytes) => context.Budget.Spend(bytes, ProblemKinds.OnnxBounds, source, "the description of tensors");

    private ImportException Fault(ProblemKind kind, string name, string message) => new(kind, source.FilePath, $"{source.FileName}: '{name}' {message}");

    /// <summary>What was read of one tensor so far.</summary>
    private sealed class Parts
    {
        public required string Name { get; set; }

        public long Type { get; set; }

        public List<long> Dims { get; } = [];

        public WireField? Raw { get; set; }

        public List<WireField> Numbers { get; } = [];

        public bool IsExternal { get; set; }

        public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);
    }
}
