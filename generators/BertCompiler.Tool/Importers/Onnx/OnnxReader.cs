using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using BertCompiler.Tool.Importers.Onnx.Schema;
using Google.Protobuf;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>
/// Opens an ONNX file: walks ModelProto and GraphProto by the places of their fields (Google's parser takes 2 GB at most, and copies all of
/// it), parses what is small and remembers where the numbers are.
/// </summary>
internal sealed class OnnxReader
{
    private const int BeginningBytes = 64;

    /// <summary>A dimension is two bytes in the file and an object in memory.</summary>
    private const int ValueBytesPerByte = 48;
    private const int ValueBytes = 512;

    private static readonly MessageParser<ValueInfoProto> Values = ValueInfoProto.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<OperatorSetIdProto> OperatorSets = OperatorSetIdProto.Parser.WithDiscardUnknownFields(true);

    private readonly ByteSource _source;
    private readonly CheckpointContext _context;
    private readonly WireReader _reader;
    private readonly OnnxTensorReader _tensors;
    private readonly OnnxNodeReader _nodeReader;

    private readonly List<NodeProto> _nodes = [];
    private readonly Dictionary<string, OnnxTensor> _initializers = new(StringComparer.Ordinal);
    private readonly List<ValueInfoProto> _inputs = [];
    private readonly List<ValueInfoProto> _outputs = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private string _producer = "";
    private long _opset;
    private bool _hasGraph;

    private OnnxReader(ByteSource source, OnnxExternalFiles external, CheckpointContext context)
    {
        (_source, _context) = (source, context);
        _reader = new WireReader(source);
        _tensors = new OnnxTensorReader(_reader, source, external, context);
        _nodeReader = new OnnxNodeReader(_reader, source, _tensors, context);
    }

    /// <summary>Walks a file and checks it, up to the numbers themselves.</summary>
    /// <param name="source">The file; owned by the result, or closed if there is none.</param>
    /// <param name="context">What may be used and where faults are reported.</param>
    /// <exception cref="ImportException">Not sound.</exception>
    public static OnnxGraph Open(ByteSource source, CheckpointContext context)
    {
        var external = new OnnxExternalFiles(source);
        try
        {
            ModelFile.RefuseLfsPointer(source.ReadBeginning(BeginningBytes), source.FilePath);
            return new OnnxReader(source, external, context).Read(external);
        }
        catch
        {
            external.Dispose();
            source.Dispose();
            throw;
        }
    }

    private OnnxGraph Read(OnnxExternalFiles external)
    {
        ReadModel();
        if (!_hasGraph) throw _reader.Malformed($"no graph is in its {_source.Length} bytes");
        _inputs.RemoveAll(i => _initializers.ContainsKey(i.Name));
        var given = new HashSet<string>(_inputs.Select(i => i.Name), StringComparer.Ordinal);
        IReadOnlyList<NodeProto> sorted = OnnxOrder.Sort(_source, _nodes, v => given.Contains(v) || _initializers.ContainsKey(v), _context.Cancellation);
        return new OnnxGraph(_source, sorted, _initializers, [external])
        {
            Inputs = _inputs,
            Outputs = _outputs,
            Metadata = _metadata,
            Producer = _producer,
            Opset = _opset,
        };
    }

    private void ReadModel()
    {
        for (long at = 0; at < _source.Length;)
        {
            WireField field = _reader.Field(at, _source.Length);
            at = field.End;
            switch (field.Number)
            {
                case 2:
                    Spend(2 * field.Length);
                    _producer = _reader.Text(field);
                    break;
                case 7:
                    _reader.Expect(field, WireType.Bytes);
                    if (_hasGraph) throw _reader.Malformed("it has two graphs");
                    _hasGraph = true;
                    ReadGraph(field);
                    break;
                case 8:
                    OperatorSetIdProto set = Parse(OperatorSets, field);
                    if (set.Domain is "" or "ai.onnx") _opset = set.Version;
                    break;
                case 14:
                    _reader.Expect(field, WireType.Bytes);
                    OnnxEntries.Add(_reader, field, _source, _context.Budget, _metadata);
                    break;
            }
        }
    }

    private void ReadGraph(WireField graph)
    {
        for (long at = graph.Offset; at < graph.End;)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            WireField field = _reader.Field(at, graph.End);
            at = field.End;
            switch (field.Number)
            {
                case 1:
                    _nodes.Add(_nodeReader.Read(field, Add));
                    break;
                case 5:
                    Add(_tensors.Read(field, name: null));
                    break;
                case 11:
                    _inputs.Add(Parse(Values, field));
                    break;
                case 12:
                    _outputs.Add(Parse(Values, field));
                    break;
                case 15:
                    throw new ImportException(ProblemKinds.OnnxUnsupported, _source.FilePath, $"{_source.FileName}: a tensor is stored sparsely (sparse_initializer), which is not read");
            }
        }
    }

    private void Add(OnnxTensor tensor)
    {
        if (tensor.Name.Length == 0) throw _reader.Malformed("a tensor has no name");
        if (_initializers.TryAdd(tensor.Name, tensor)) return;
        throw new ImportException(ProblemKinds.OnnxDuplicate, _source.FilePath, $"{_source.FileName}: two tensors are called '{tensor.Name}'");
    }

    private T Parse<T>(MessageParser<T> parser, WireField field)
        where T : IMessage<T>
    {
        Spend(ValueBytes + (ValueBytesPerByte * field.Length));
        try
        {
            return parser.ParseFrom(_reader.Content(field));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw _reader.Malformed($"the message at byte {field.Start}: {e.Message}");
        }
    }

    private void Spend(long bytes) => _context.Budget.Spend(bytes, ProblemKinds.OnnxMalformed, _source, "the graph");
}
