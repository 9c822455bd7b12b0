using System.Text;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>
/// Fields of protobuf messages at any place of a file of any size. It knows no schema and skips what nobody reads without reading it.
/// One thread at a time.
/// </summary>
internal sealed class WireReader(ByteSource source)
{
    private const int BufferBytes = 1 << 16;
    private const int LongestVarint = 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[(int)Math.Min(BufferBytes, Math.Max(1, source.Length))];
    private long _start;
    private int _held;

    /// <summary>The field that begins at byte <paramref name="at"/>.</summary>
    /// <param name="at">Where its tag begins; before <paramref name="end"/>.</param>
    /// <param name="end">Where the message ends.</param>
    /// <exception cref="ImportException">Not a well-formed field, or one that reaches beyond the message.</exception>
    public WireField Field(long at, long end)
    {
        (ulong tag, long next) = Varint(at, end);
        (ulong number, int type) = (tag >> 3, (int)(tag & 7));
        if (number is 0 or > 0x1FFFFFFF) throw Malformed($"the field at byte {at} has the number {number}");
        switch (type)
        {
            case (int)WireType.Varint:
                (ulong value, long behind) = Varint(next, end);
                return new WireField((int)number, WireType.Varint, (long)value, at, next, behind);
            case (int)WireType.Fixed64:
                return Sized(sizeof(ulong), next);
            case (int)WireType.Fixed32:
                return Sized(sizeof(uint), next);
            case (int)WireType.Bytes:
                (ulong length, long content) = Varint(next, end);
                return Sized(length, content);
            default:
                throw Malformed($"the field at byte {at} has wire type {type}, which no ONNX file uses");
        }

        WireField Sized(ulong length, long content) => length <= (ulong)(end - content)
            ? new WireField((int)number, (WireType)type, 0, at, content, content + (long)length)
            : throw Malformed($"the field at byte {at} claims {length} bytes, and its message has {end - content} left");
    }

    /// <summary>A varint: its value, and the first byte behind it.</summary>
    /// <exception cref="ImportException">More than ten bytes, or it does not end before <paramref name="end"/>.</exception>
    public (ulong Value, long Next) Varint(long at, long end)
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            if (at + i >= end) throw Malformed($"the number at byte {at} does not end before byte {end}");
            byte b = Byte(at + i);
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80) return (value, at + i + 1);
        }

        throw Malformed($"the number at byte {at} has more than {LongestVarint} bytes");
    }

    /// <summary>Adds the integers of a repeated field, packed or a single one.</summary>
    /// <param name="field">The field.</param>
    /// <param name="most">How many there may be in <paramref name="values"/>.</param>
    /// <param name="values">Receives them.</param>
    /// <exception cref="ImportException">Not integers, or too many.</exception>
    public void AddVarints(WireField field, int most, List<long> values)
    {
        if (field.Type == WireType.Varint) Add(field.Value);
        else
        {
            Expect(field, WireType.Bytes);
            for (long at = field.Offset; at < field.End;)
            {
                (ulong value, at) = Varint(at, field.End);
                Add((long)value);
            }
        }

        void Add(long value)
        {
            if (values.Count == most) throw Malformed($"the field at byte {field.Start} has more than {most} numbers");
            values.Add(value);
        }
    }

    /// <summary>A field's content as text; the caller has paid for it.</summary>
    /// <exception cref="ImportException">Not text.</exception>
    public string Text(WireField field)
    {
        try
        {
            return Utf8.GetString(Content(field));
        }
        catch (DecoderFallbackException)
        {
            throw Malformed($"the text at byte {field.Offset} is not UTF-8");
        }
    }

    /// <summary>A field's content; the caller has paid for it.</summary>
    public byte[] Content(WireField field)
    {
        Expect(field, WireType.Bytes);
        if (field.Length > Array.MaxLength) throw Malformed($"the field at byte {field.Start} has {field.Length} bytes");
        var bytes = new byte[field.Length];
        Copy(field.Offset, bytes);
        return bytes;
    }

    /// <summary>Bytes from <paramref name="at"/> on.</summary>
    public void Copy(long at, Span<byte> destination)
    {
        if (at >= _start && at + destination.Length <= _start + _held) _buffer.AsSpan((int)(at - _start), destination.Length).CopyTo(destination);
        else source.Read(destination, at);
    }

    /// <summary>Refuses a field that is written otherwise than the schema has it.</summary>
    public void Expect(WireField field, WireType type)
    {
        if (field.Type != type) throw Malformed($"field {field.Number} at byte {field.Start} has wire type {(int)field.Type}, expected {(int)type}");
    }

    /// <summary>The fault of a file that is not ONNX.</summary>
    public ImportException Malformed(string message) => new(ProblemKinds.OnnxMalformed, source.FilePath, $"{source.FileName}: {message}");

    private byte Byte(long at)
    {
        if (at < _start || at >= _start + _held)
        {
            int held = (int)Math.Min(_buffer.Length, source.Length - at);
            _held = 0;
            source.Read(_buffer.AsSpan(0, held), at);
            (_start, _held) = (at, held);
        }

        return _buffer[at - _start];
    }
}
