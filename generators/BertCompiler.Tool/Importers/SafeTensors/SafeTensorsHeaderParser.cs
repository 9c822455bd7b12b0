using System.Text.Json;
using System.Text.Unicode;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.SafeTensors;

/// <summary>
/// The JSON of a safetensors header → tensors. It streams over the tokens, because a header may have 100 MB: no tree is built.
/// </summary>
internal ref struct SafeTensorsHeaderParser
{
    private const int Depth = 16;
    private const int MostDimensions = 32;

    private readonly string _file;
    private readonly long _dataStart;
    private Utf8JsonReader _reader;
    private string _tensor = "";

    private SafeTensorsHeaderParser(ReadOnlySpan<byte> json, string file, long dataStart)
    {
        _file = file;
        _dataStart = dataStart;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
    }

    private readonly string Name => Path.GetFileName(_file);

    /// <summary>Parses a header.</summary>
    /// <param name="json">Its JSON.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="dataStart">Where the data begins in the file.</param>
    /// <returns>The tensors in the header's order, each checked by itself.</returns>
    /// <exception cref="ImportException">The header is malformed.</exception>
    public static List<TensorInfo> Parse(ReadOnlySpan<byte> json, string file, long dataStart)
    {
        if (!Utf8.IsValid(json)) throw new ImportException(ProblemKinds.SafeTensorsHeader, file, $"{Path.GetFileName(file)}: the header is not valid UTF-8");
        var parser = new SafeTensorsHeaderParser(json, file, dataStart);
        try
        {
            return parser.ReadTensors();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw parser.Fault(ProblemKinds.SafeTensorsHeader, $"the header is not well-formed JSON: {e.Message}");
        }
    }

    private List<TensorInfo> ReadTensors()
    {
        var tensors = new List<TensorInfo>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject) throw Fault(ProblemKinds.SafeTensorsHeader, "the header must be a JSON object");
        while (NextName(out string name))
        {
            _tensor = name;
            if (!names.Add(name)) throw Fault(ProblemKinds.SafeTensorsDuplicate, "the name stands twice in the header");
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.StartObject) throw Fault(ProblemKinds.SafeTensorsHeader, "an object must follow the name");
            if (string.Equals(name, "__metadata__", StringComparison.Ordinal)) SkipMetadata();
            else tensors.Add(ReadTensor());
        }

        _reader.Read();
        return tensors;
    }

    private void SkipMetadata()
    {
        while (NextName(out string key))
        {
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.String) throw Fault(ProblemKinds.SafeTensorsHeader, $"the value of '{key}' must be a string");
        }
    }

    private TensorInfo ReadTensor()
    {
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextName(out string key))
        {
            _reader.Read();
            bool twice = key switch
            {
                "dtype" => dtype is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => false,
            };
            if (twice) throw Fault(ProblemKinds.SafeTensorsHeader, $"'{key}' stands twice");
            if (string.Equals(key, "dtype", StringComparison.Ordinal)) dtype = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : "";
            else if (string.Equals(key, "shape", StringComparison.Ordinal)) shape = ReadNumbers("shape", MostDimensions);
            else if (string.Equals(key, "data_offsets", StringComparison.Ordinal)) offsets = ReadNumbers("data_offsets", 2);
            else _reader.Skip();
        }

        if (dtype is null || shape is null || offsets is not { Count: 2 })
        {
            throw Fault(ProblemKinds.SafeTensorsHeader, "a tensor needs 'dtype', 'shape' and two 'data_offsets'");
        }

        return Check(dtype, shape, offsets[0], offsets[1]);
    }

    private readonly TensorInfo Check(string dtypeName, List<long> shape, long begin, long end)
    {
        if (TensorDtypes.Find(dtypeName) is not { } dtype) throw Fault(ProblemKinds.SafeTensorsDtype, $"there is no element type '{Shorten(dtypeName)}'");
        if (end < begin) throw Fault(ProblemKinds.SafeTensorsBounds, $"it ends at byte {end}, before it begins at byte {begin}");
        if (end > long.MaxValue - _dataStart) throw Fault(ProblemKinds.SafeTensorsBounds, $"it ends at byte {end}: no file is that long");
        UInt128 bits = (UInt128)TensorDtypes.BitsOf(dtype);
        foreach (long dimension in shape)
        {
            // Saturating: below 2^64 · 2^63 nothing wraps, and more than 2^64 bits cannot be right anyway.
            bits = bits > ulong.MaxValue && dimension != 0 ? bits : bits * (UInt128)dimension;
        }

        if (bits % 8 != 0 || bits / 8 != (UInt128)(end - begin))
        {
            throw Fault(ProblemKinds.SafeTensorsBounds, $"shape [{string.Join(", ", shape)}] of {dtypeName} needs {(bits + 7) / 8} bytes, and data_offsets give it {end - begin}");
        }

        return new TensorInfo { Name = _tensor, Dtype = dtype, Shape = new(shape), File = _file, Offset = _dataStart + begin, Bytes = end - begin };
    }

    private List<long> ReadNumbers(string key, int most)
    {
        if (_reader.TokenType != JsonTokenType.StartArray) throw Fault(ProblemKinds.SafeTensorsHeader, $"'{key}' must be a list of whole numbers");
        var numbers = new List<long>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            {
                throw Fault(ProblemKinds.SafeTensorsHeader, $"'{key}' must be a list of whole numbers");
            }

            if (!_reader.TryGetInt64(out long number) || number < 0)
            {
                throw Fault(ProblemKinds.SafeTensorsBounds, $"'{key}' holds {Shorten(System.Text.Encoding.UTF8.GetString(_reader.ValueSpan))}; expected 0 to {long.MaxValue}");
            }

            if (numbers.Count == most) throw Fault(ProblemKinds.SafeTensorsHeader, $"'{key}' has more than {most} numbers");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The next name of the object that is being read; false at its end.</summary>
    private bool NextName(out string name)
    {
        _reader.Read();
        bool more = _reader.TokenType == JsonTokenType.PropertyName;
        name = more ? _reader.GetString()! : "";
        return more;
    }

    private readonly ImportException Fault(ProblemKind kind, string message) =>
        new(kind, _file, _tensor.Length == 0 ? $"{Name}: {message}" : $"{Name}: '{Shorten(_tensor)}': {message}");

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
