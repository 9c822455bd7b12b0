using System.Text;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>Writes protobuf messages field by field, in any order, so that a test may write what no library would.</summary>
internal sealed class WireBytes
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public WireBytes Varint(int field, long value) => Raw(field << 3).Raw(value);

    public WireBytes Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public WireBytes Message(int field, WireBytes message) => Bytes(field, message.ToArray());

    public WireBytes Bytes(int field, byte[] bytes)
    {
        Header(field, bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    public WireBytes Fixed32(int field, float value)
    {
        Raw((field << 3) | 5);
        _bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public WireBytes Packed(int field, IEnumerable<long> values)
    {
        var packed = new WireBytes();
        foreach (long v in values) packed.Raw(v);
        return Message(field, packed);
    }

    /// <summary>Tag and length of a field whose content is written elsewhere.</summary>
    public WireBytes Header(int field, long length) => Raw((field << 3) | 2).Raw(length);

    private WireBytes Raw(long value)
    {
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) _bytes.Add((byte)(rest | 0x80));
        _bytes.Add((byte)rest);
        return this;
    }
}
