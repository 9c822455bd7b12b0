using System.Runtime.InteropServices;
using BertCompiler.Tool.Importers.Onnx;
using BertCompiler.Tool.Importers.Onnx.Schema;
using Google.Protobuf;

namespace BertCompiler.Compiler.Tests.Importing.Onnx.Recovery;

/// <summary>Writes ONNX files: a graph's nodes and tensors in the order in which they are added.</summary>
internal sealed class OnnxWriter
{
    private readonly List<NodeProto> _nodes = [];
    private readonly List<(TensorProto Tensor, byte[] Bytes)> _tensors = [];
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<ValueInfoProto> _outputs = [];
    private readonly Dictionary<string, long> _external = new(StringComparer.Ordinal);
    private long _externalEnd;
    private int _values;

    /// <summary>A sparse file beside the model in which large tensors lie, all zero; null: every tensor lies in the model.</summary>
    public string? ExternalFile { get; init; }

    public IReadOnlyList<NodeProto> Nodes => _nodes;

    public IEnumerable<TensorProto> Tensors => _tensors.Select(t => t.Tensor);

    /// <summary>A node with one output, whose name is the result.</summary>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes) => Node("", operation, inputs, attributes);

    public string Node(string domain, string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Domain = domain, Name = $"{operation}_{_values}" };
        node.Input.AddRange(inputs);
        string output = $"v{_values++}";
        node.Output.Add(output);
        foreach ((string name, object value) in attributes) node.Attribute.Add(Attribute(name, value));
        _nodes.Add(node);
        return output;
    }

    public string Tensor(string name, OnnxType type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        if (_tensors.Exists(t => t.Tensor.Name == name)) return name;
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(shape);
        bool isExternal = ExternalFile is not null && bytes.Length > 1024;
        if (isExternal)
        {
            _external.Add(name, _externalEnd);
            _externalEnd += bytes.Length;
        }

        _tensors.Add((tensor, isExternal ? [] : bytes.ToArray()));
        return name;
    }

    /// <summary>Whether tensors are stored in fp16, each with a Cast behind it.</summary>
    public bool StoresHalves { get; set; }

    public string Floats(string name, long[] shape, ReadOnlySpan<float> values)
    {
        if (!StoresHalves || values.Length == 1) return Tensor(name, OnnxType.Float, shape, MemoryMarshal.AsBytes(values));
        Half[] halves = [.. values.ToArray().Select(v => (Half)v)];
        return Node("Cast", [Tensor(name, OnnxType.Float16, shape, MemoryMarshal.AsBytes(halves.AsSpan()))], ("to", 1));
    }

    public string Float(float value) => Floats($"c{_values++}", [], [value]);

    public string Longs(params long[] values) => Tensor($"c{_values++}", OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    public string Long(long value) => Tensor($"c{_values++}", OnnxType.Int64, [], MemoryMarshal.AsBytes([value]));

    public void Input(string name, int rank) => _inputs.Add(Value(name, 7, rank));

    public void Output(string name, int rank) => _outputs.Add(Value(name, 1, rank));

    public void Save(string path)
    {
        var graph = new MemoryStream();
        var output = new CodedOutputStream(graph);
        foreach (NodeProto node in _nodes) Field(output, 1, node.ToByteArray());
        foreach ((TensorProto tensor, byte[] bytes) in _tensors)
        {
            var message = new MemoryStream();
            var written = new CodedOutputStream(message);
            tensor.WriteTo(written);
            if (_external.TryGetValue(tensor.Name, out long offset)) WriteExternal(written, offset, tensor.Dims.Aggregate(4L, (product, d) => product * d));
            else Field(written, 9, bytes);
            written.Flush();
            Field(output, 5, message.ToArray());
        }

        foreach (ValueInfoProto value in _inputs) Field(output, 11, value.ToByteArray());
        foreach (ValueInfoProto value in _outputs) Field(output, 12, value.ToByteArray());
        output.Flush();
        using FileStream file = File.Create(path);
        var model = new CodedOutputStream(file);
        model.WriteTag(1, WireFormat.WireType.Varint);
        model.WriteInt64(8);
        Field(model, 7, graph.ToArray());
        foreach (string domain in _nodes.Select(n => n.Domain).Append("").Distinct()) Field(model, 8, new OperatorSetIdProto { Domain = domain, Version = domain.Length == 0 ? 17 : 1 }.ToByteArray());
        model.Flush();
        if (ExternalFile is null) return;
        using FileStream external = File.Create(Path.Combine(Path.GetDirectoryName(path)!, ExternalFile));
        external.SetLength(_externalEnd);
    }

    private void WriteExternal(CodedOutputStream output, long offset, long length)
    {
        foreach ((string key, string value) in new[] { ("location", ExternalFile!), ("offset", FormattableString.Invariant($"{offset}")), ("length", FormattableString.Invariant($"{length}")) })
        {
            Field(output, 13, new StringStringEntryProto { Key = key, Value = value }.ToByteArray());
        }

        output.WriteTag(14, WireFormat.WireType.Varint);
        output.WriteInt32(1);
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        (Action set, byte type) = value switch
        {
            int i => ((Action)(() => attribute.I = i), (byte)2),
            float f => (() => attribute.F = f, (byte)1),
            string s => (() => attribute.S = ByteString.CopyFromUtf8(s), (byte)3),
            long[] list => (() => attribute.Ints.AddRange(list), (byte)7),
            _ => throw new ArgumentException($"no attribute of type {value.GetType()}"),
        };
        set();

        // Field 20, the attribute's type, is of no use to the importer, whose schema leaves it out; ONNX Runtime wants it.
        return AttributeProto.Parser.ParseFrom([.. attribute.ToByteArray(), 0xA0, 0x01, type]);
    }

    private static void Field(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static ValueInfoProto Value(string name, int type, int rank)
    {
        var shape = new TensorShapeProto();
        for (int i = 0; i < rank; i++) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = $"d{i}" });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } } };
    }
}
