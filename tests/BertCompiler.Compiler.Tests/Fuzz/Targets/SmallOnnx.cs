using System.Text;
using Google.Protobuf;

namespace BertCompiler.Compiler.Tests.Fuzz.Targets;

/// <summary>A small ONNX file, written field by field: the words looked up, a dense layer, a norm; numbers in each of the ways they can be stored.</summary>
internal static class SmallOnnx
{
    private const int Float = 1;

    /// <summary>The file.</summary>
    public static byte[] Make()
    {
        byte[] graph = Message(
            Field(1, Node("Gather", "word", ["word_embeddings.weight", "input_ids"], ["x"])),
            Field(1, Node("MatMul", "dense", ["x", "dense.weight"], ["y"])),
            Field(1, Node("Add", "bias", ["dense.bias", "y"], ["z"])),
            Field(1, Node("LayerNormalization", "norm", ["z", "norm.weight", "norm.bias"], ["last_hidden_state"], Attribute("axis", -1), Attribute("stash_type", 1))),
            Field(2, "main"u8.ToArray()),
            Field(5, Tensor("word_embeddings.weight", [3, 2], Field(9, new byte[24]))),
            Field(5, Tensor("dense.weight", [2, 2], Field(4, new byte[16]))),
            Field(5, Tensor("dense.bias", [2], Field(9, new byte[8]))),
            Field(5, Tensor("norm.weight", [2], [.. Field(13, External("location", "model.onnx_data")), .. Field(13, External("offset", "64")), .. Field(13, External("length", "8")), .. Varint(14, 1)])),
            Field(5, Tensor("norm.bias", [2], Field(9, new byte[8]))),
            Field(11, Message(Field(1, "input_ids"u8.ToArray()), Field(2, Field(1, Message(Varint(1, 7), Field(2, Field(1, Field(2, "batch"u8.ToArray())))))))),
            Field(12, Message(Field(1, "last_hidden_state"u8.ToArray()))));
        return Message(Varint(1, 8), Field(2, "pytorch"u8.ToArray()), Field(7, graph), Field(8, Message(Field(1, []), Varint(2, 17))), Field(14, External("key", "value")));
    }

    private static byte[] Node(string type, string name, string[] inputs, string[] outputs, params byte[][] attributes) => Message(
    [
        .. inputs.Select(i => Field(1, Encoding.UTF8.GetBytes(i))), .. outputs.Select(o => Field(2, Encoding.UTF8.GetBytes(o))), Field(3, Encoding.UTF8.GetBytes(name)), Field(4, Encoding.UTF8.GetBytes(type)),
        .. attributes.Select(a => Field(5, a)),
    ]);

    private static byte[] Attribute(string name, long value) => Message(Field(1, Encoding.UTF8.GetBytes(name)), Varint(3, value), Varint(20, 2));

    private static byte[] Tensor(string name, long[] shape, byte[] data) => Message([.. shape.Select(d => Varint(1, d)), Varint(2, Float), Field(8, Encoding.UTF8.GetBytes(name)), data]);

    private static byte[] External(string key, string value) => Message(Field(1, Encoding.UTF8.GetBytes(key)), Field(2, Encoding.UTF8.GetBytes(value)));

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(f => f)];

    private static byte[] Varint(int number, long value) => Write(output =>
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    });

    private static byte[] Field(int number, byte[] payload) => Write(output =>
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(payload));
    });

    private static byte[] Write(Action<CodedOutputStream> write)
    {
        var stream = new MemoryStream();
        var output = new CodedOutputStream(stream);
        write(output);
        output.Flush();
        return stream.ToArray();
    }
}
