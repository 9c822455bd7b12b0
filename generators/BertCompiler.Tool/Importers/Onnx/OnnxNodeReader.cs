using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx.Schema;
using Google.Protobuf;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Reads NodeProto messages. Tensors in attributes stay in the file; subgraphs are only measured.</summary>
internal sealed class OnnxNodeReader(WireReader reader, ByteSource source, OnnxTensorReader tensors, CheckpointContext context)
{
    private const int MostSubgraphDepth = 100;
    private const int NodeBytes = 512;
    private const int TextBytes = 64;

    /// <summary>A parsed number may be one byte in the file and sixteen in a list that grows.</summary>
    private const int AttributeBytesPerByte = 24;

    private static readonly MessageParser<AttributeProto> Attributes = AttributeProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>Reads a node.</summary>
    /// <param name="message">The field that holds it.</param>
    /// <param name="constants">Receives the tensor of a Constant node, once.</param>
    /// <exception cref="ImportException">Not well-formed, or an operator of an unknown domain.</exception>
    public NodeProto Read(WireField message, Action<OnnxTensor> constants)
    {
        reader.Expect(message, WireType.Bytes);
        Spend(NodeBytes);
        var node = new NodeProto();
        WireField? tensor = null;
        for (long at = message.Offset; at < message.End;)
        {
            WireField field = reader.Field(at, message.End);
            at = field.End;
            switch (field.Number)
            {
                case 1:
                    node.Input.Add(Text(field));
                    break;
                case 2:
                    node.Output.Add(Text(field));
                    break;
                case 3:
                    node.Name = Text(field);
                    break;
                case 4:
                    node.OpType = Text(field);
                    break;
                case 5:
                    (AttributeProto attribute, WireField? t) = ReadAttribute(field);
                    node.Attribute.Add(attribute);
                    tensor ??= t;
                    break;
                case 7:
                    node.Domain = Text(field);
                    break;
            }
        }

        CheckDomain(node);
        if (node is { OpType: "Constant", Domain: "" or "ai.onnx", Output.Count: 1 } && Constant(node, tensor) is { } constant) constants(constant);
        return node;
    }

    private void CheckDomain(NodeProto node)
    {
        if (node.Domain is "" or "ai.onnx" or "ai.onnx.ml" or "com.microsoft") return;
        string name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "";
        throw new ImportException(ProblemKinds.OnnxUnsupported, source.FilePath, $"{source.FileName}: the node '{name}' is a '{node.OpType}' of the operator domain '{node.Domain}', which is not known");
    }

    private OnnxTensor? Constant(NodeProto node, WireField? tensor)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            string name = node.Output[0];
            switch (attribute.Name)
            {
                case "value" when tensor is { } t:
                    return tensors.Read(t, name);
                case "value_float":
                    return OnnxConstants.OfSingles(source, name, [attribute.F], isList: false);
                case "value_floats":
                    return OnnxConstants.OfSingles(source, name, [.. attribute.Floats], isList: true);
                case "value_int":
                    return OnnxConstants.OfInt64s(source, name, [attribute.I], isList: false);
                case "value_ints":
                    return OnnxConstants.OfInt64s(source, name, [.. attribute.Ints], isList: true);
            }
        }

        return null;
    }

    /// <summary>An attribute without its tensor's numbers, and the place of the tensor.</summary>
    private (AttributeProto Attribute, WireField? Tensor) ReadAttribute(WireField message)
    {
        reader.Expect(message, WireType.Bytes);
        WireField? tensor = null;
        var kept = new List<WireField>();
        long bytes = 0;
        for (long at = message.Offset; at < message.End;)
        {
            WireField field = reader.Field(at, message.End);
            at = field.End;
            if (field.Number == 5) tensor = field;
            else if (field.Number is 6 or 11) CheckDepth(field);
            else if (field.Number is 1 or 2 or 3 or 4 or 7 or 8 or 9)
            {
                Spend(TextBytes + (AttributeBytesPerByte * (field.End - field.Start)));
                bytes += field.End - field.Start;
                kept.Add(field);
            }
        }

        Spend(NodeBytes);
        var copy = new byte[bytes];
        int to = 0;
        foreach (WireField field in kept)
        {
            int length = (int)(field.End - field.Start);
            reader.Copy(field.Start, copy.AsSpan(to, length));
            to += length;
        }

        try
        {
            return (Attributes.ParseFrom(copy), tensor);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw reader.Malformed($"the attribute at byte {message.Start}: {e.Message}");
        }
    }

    /// <summary>Walks subgraphs without recursion. Nobody reads them; nested beyond what ONNX's own parsers take they are refused, as there.</summary>
    private void CheckDepth(WireField graph)
    {
        var open = new Stack<(Kind Kind, long End)>();
        open.Push((Kind.Graph, graph.End));
        for (long at = graph.Offset; open.TryPeek(out (Kind Kind, long End) message);)
        {
            if (at == message.End)
            {
                open.Pop();
                continue;
            }

            WireField field = reader.Field(at, message.End);
            Kind? inner = (message.Kind, field.Number) switch
            {
                (Kind.Graph, 1) => Kind.Node,
                (Kind.Node, 5) => Kind.Attribute,
                (Kind.Attribute, 6 or 11) => Kind.Graph,
                _ => null,
            };
            if (inner is { } kind && field.Type == WireType.Bytes)
            {
                if (open.Count == MostSubgraphDepth) throw reader.Malformed($"messages at byte {field.Start} are nested more than {MostSubgraphDepth} deep");
                open.Push((kind, field.End));
                at = field.Offset;
            }
            else
            {
                at = field.End;
            }
        }
    }

    private string Text(WireField field)
    {
        Spend(TextBytes + (2 * field.Length));
        return reader.Text(field);
    }

    private void Spend(long bytes) => context.Budget.Spend(bytes, ProblemKinds.OnnxMalformed, source, "the graph");

    private enum Kind
    {
        Graph,
        Node,
        Attribute,
    }
}
