namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>One field of a message, by its place in the file.</summary>
/// <param name="Number">Its number in the schema.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Value">A varint's value; otherwise 0.</param>
/// <param name="Start">Where the field's tag begins.</param>
/// <param name="Offset">Where its content begins.</param>
/// <param name="End">The first byte behind it; not beyond the message.</param>
internal readonly record struct WireField(int Number, WireType Type, long Value, long Start, long Offset, long End)
{
    /// <summary>Bytes of its content.</summary>
    public long Length => End - Offset;
}
