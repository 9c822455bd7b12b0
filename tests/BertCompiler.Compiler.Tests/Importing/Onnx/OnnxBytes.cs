using System.Runtime.InteropServices;
using BertCompiler.Tool.Importers.Onnx;

namespace BertCompiler.Compiler.Tests.Importing.Onnx;

/// <summary>Writes small ONNX models.</summary>
internal sealed class OnnxBytes
{
    public WireBytes Graph { get; } = new WireBytes().Text(2, "g");

    public byte[] Model(long opset = 21) => new WireBytes().Varint(1, 10).Text(2, "test").Message(7, Graph)
        .Message(8, new WireBytes().Varint(2, opset))
        .Message(8, new WireBytes().Text(1, "com.microsoft").Varint(2, 1)).ToArray();

    public static WireBytes Tensor(string name, OnnxType type, long[] dims, byte[] raw) =>
        new WireBytes().Packed(1, dims).Varint(2, (long)type).Text(8, name).Bytes(9, raw);

    public static WireBytes Tensor(string name, long[] dims, float[] values) => Tensor(name, OnnxType.Float, dims, MemoryMarshal.AsBytes<float>(values).ToArray());

    public OnnxBytes Add(string name, OnnxType type, long[] dims, byte[] raw) => Add(Tensor(name, type, dims, raw));

    public OnnxBytes Add(string name, long[] dims, float[] values) => Add(Tensor(name, dims, values));

    public OnnxBytes Add(WireBytes tensor)
    {
        Graph.Message(5, tensor);
        return this;
    }

    public OnnxBytes Node(string op, string[] inputs, string output, string domain = "", params (string Name, long Value)[] attributes)
    {
        var node = new WireBytes();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, "node_" + output).Text(4, op).Text(7, domain);
        foreach ((string name, long value) in attributes) node.Message(5, new WireBytes().Text(1, name).Varint(3, value).Varint(20, 2));
        Graph.Message(1, node);
        return this;
    }

    public OnnxBytes Input(string name, OnnxType type = OnnxType.Float) => Value(11, name, type);

    public OnnxBytes Output(string name, OnnxType type = OnnxType.Float) => Value(12, name, type);

    private OnnxBytes Value(int field, string name, OnnxType type)
    {
        Graph.Message(field, new WireBytes().Text(1, name).Message(2, new WireBytes().Message(1, new WireBytes().Varint(1, (long)type))));
        return this;
    }
}
