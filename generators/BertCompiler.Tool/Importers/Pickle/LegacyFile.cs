using System.Globalization;
using System.Numerics;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// A PyTorch file before 1.6 (<c>torch/serialization.py</c>, <c>_legacy_load</c>): pickles one behind the other – magic number, protocol,
/// system, the value that was saved, the keys of the storages – and then each storage as its number of elements and its bytes.
/// </summary>
internal sealed class LegacyFile
{
    private const int Protocol = 1001;
    private const string What = "the pickle";

    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private readonly ByteSource _source;
    private readonly CheckpointContext _context;
    private readonly Dictionary<string, PickleStorage> _stated = new(StringComparer.Ordinal);
    private long _at;

    private LegacyFile(ByteSource source, CheckpointContext context) => (_source, _context) = (source, context);

    /// <summary>Reads the pickles and finds the storages.</summary>
    /// <exception cref="ImportException">Not sound, or no PyTorch file.</exception>
    public static PickledFile Read(ByteSource source, CheckpointContext context) => new LegacyFile(source, context).Read();

    private PickledFile Read()
    {
        ReadHeader();
        object? root = Next("the saved value");
        if (Next("the list of storages") is not PickleList keys) throw Malformed("a list of the storages' keys is expected behind the saved value");
        return new PickledFile(root, FindStorages(keys), What);
    }

    private void ReadHeader()
    {
        object? first = Run(What, ProblemKinds.PickleMalformed);
        if (first is not BigInteger magic || magic != Magic) throw Malformed($"it is no PyTorch file: it holds {PickleCalls.Describe(first)} without PyTorch's header. Expected what torch.save writes");
        object? protocol = Next("the protocol");
        if (protocol is not (long)Protocol) throw Malformed($"the protocol is {(protocol is long number ? number : PickleCalls.Describe(protocol))}; expected {Protocol}");
        if (Next("the system") is PickleMap system && system["little_endian"] is false)
        {
            throw new ImportException(ProblemKinds.PickleUnsupported, _source.FilePath, $"{_source.FileName}: the storages are big-endian; expected little-endian");
        }
    }

    /// <summary>The storages' places. How wide elements are is known from the references in the pickle, which come before.</summary>
    private Dictionary<string, StorageRun> FindStorages(PickleList keys)
    {
        var storages = new Dictionary<string, StorageRun>(StringComparer.Ordinal);
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? item in keys.Items)
        {
            string? key = item switch { string text => text, long number => number.ToString(CultureInfo.InvariantCulture), _ => null };
            if (key is null) throw Malformed($"a storage's key is {PickleCalls.Describe(item)}");
            if (!_stated.TryGetValue(key, out PickleStorage? stated)) throw Malformed($"the storage '{Text.Shorten(key)}' is in the list of storages, and nothing refers to it");
            string shown = Text.Shorten(key);
            if (_at > _source.Length - count.Length) throw Truncated($"the storage '{shown}' is missing");
            _source.Read(count, _at);
            long elements = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(count);
            if (elements != stated.Elements) throw new ImportException(ProblemKinds.PickleBounds, _source.FilePath, $"{_source.FileName}: the storage '{shown}' has {elements} elements, and the pickle says {stated.Elements}");
            long width = stated.Dtype is { } dtype ? TensorDtypes.BitsOf(dtype) / 8 : 1;
            _at += count.Length;
            if (elements > (_source.Length - _at) / width) throw Truncated($"the storage '{shown}' needs {elements} elements of {width} bytes from byte {_at} on");
            _context.Budget.Spend(PickleCalls.ObjectBytes, ProblemKinds.PickleMalformed, _source, What);
            if (!storages.TryAdd(key, new StorageRun(_at, elements * width))) throw Malformed($"the storage '{shown}' is there twice");
            _at += elements * width;
        }

        return storages;
    }

    private object? Next(string what) => Run(what, ProblemKinds.FileTruncated);

    private object? Run(string what, ProblemKind truncated)
    {
        var input = new PickleInput(_source, _at, _source.Length - _at, what, truncated, _context);
        object? value = PickleMachine.Run(input, _stated);
        _at += input.Position;
        return value;
    }

    private ImportException Truncated(string message) => new(ProblemKinds.FileTruncated, _source.FilePath, $"{_source.FileName} was cut short: {message}; it has {_source.Length} bytes");

    private ImportException Malformed(string message) => new(ProblemKinds.PickleMalformed, _source.FilePath, $"{_source.FileName}: {message}");
}
