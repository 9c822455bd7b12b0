using System.Text;
using System.Text.Unicode;
using BertCompiler.Core;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;
using Google.Protobuf;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>The index of a TensorFlow checkpoint (<c>tensorflow/core/util/tensor_bundle/tensor_bundle.h</c>): a table of variables, and under the empty key how they are stored.</summary>
internal sealed class BundleIndex
{
    private const int MostShards = 1000;
    private const int Version = 1;

    // What an object for one entry takes beside its name and dimensions, and what parsing a byte of it takes at most: a dimension of two bytes becomes an object.
    private const int EntryBytes = 512;
    private const int BytesPerByte = 32;

    private static readonly MessageParser<BundleHeaderProto> HeaderParser = BundleHeaderProto.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<BundleEntryProto> EntryParser = BundleEntryProto.Parser.WithDiscardUnknownFields(true);

    private readonly ByteSource _source;
    private readonly CheckpointContext _context;
    private readonly List<BundleEntry> _entries = [];

    private BundleIndex(ByteSource source, CheckpointContext context) => (_source, _context) = (source, context);

    /// <summary>The variables, ordered by name.</summary>
    public IReadOnlyList<BundleEntry> Entries => _entries;

    /// <summary>Number of data files; 0 until the header was read.</summary>
    public int Shards { get; private set; }

    /// <summary>Reads an index.</summary>
    /// <exception cref="ImportException">Not a sound one.</exception>
    public static BundleIndex Read(ByteSource source, CheckpointContext context)
    {
        var index = new BundleIndex(source, context);
        new TableFile(source, context).Read(index.Add);
        if (index.Shards == 0) throw index.Malformed("it has no header");
        return index;
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _context.Budget.Spend(EntryBytes + (2L * key.Length) + (BytesPerByte * (long)value.Length), ProblemKinds.TensorBundleMalformed, _source, "its list of variables");
        if (key.IsEmpty)
        {
            ReadHeader(value);
            return;
        }

        if (!Utf8.IsValid(key)) throw Malformed("a variable's name is not UTF-8");
        string name = Encoding.UTF8.GetString(key);
        if (Shards == 0) throw Malformed($"'{name}' stands before the header");
        BundleEntryProto entry = Parse(EntryParser, value, $"what it says about '{name}'");
        if (entry.Slices.Count > 0) throw Malformed($"'{name}' is stored in slices, which are not read: save the checkpoint without partitioned variables");
        if (entry.Shape is { UnknownRank: true }) throw Malformed($"'{name}' has no shape");
        if (entry.ShardId < 0 || entry.ShardId >= Shards) throw Malformed($"'{name}' is in data file {entry.ShardId} of {Shards}");
        long[] shape = entry.Shape is null ? [] : new long[entry.Shape.Dim.Count];
        for (int i = 0; i < shape.Length; i++) shape[i] = entry.Shape!.Dim[i].Size;
        _entries.Add(new BundleEntry(name, entry.Dtype, new EquatableArray<long>(shape), entry.ShardId, entry.Offset, entry.Size, entry.Crc32C));
    }

    private void ReadHeader(ReadOnlySpan<byte> value)
    {
        BundleHeaderProto header = Parse(HeaderParser, value, "its header");
        if (header.NumShards is < 1 or > MostShards) throw Malformed($"the header gives {header.NumShards} data files; expected 1 to {MostShards}");
        if (header.Endianness != 0) throw Malformed("its numbers are big-endian, which is not read");
        if (header.Version is { MinConsumer: > Version } version) throw Malformed($"it needs a reader of version {version.MinConsumer}; this one has {Version}");
        Shards = header.NumShards;
    }

    private T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> value, string what)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(value);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Malformed($"{what} is not well-formed: {e.Message}");
        }
    }

    private ImportException Malformed(string what) => new(ProblemKinds.TensorBundleMalformed, _source.FilePath, $"{_source.FileName}: {what}");
}
