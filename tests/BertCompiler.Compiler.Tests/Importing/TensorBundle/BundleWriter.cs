using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BertCompiler.Tool.Importers;
using BertCompiler.Tool.Importers.TensorBundle;
using Google.Protobuf;

namespace BertCompiler.Compiler.Tests.Importing.TensorBundle;

/// <summary>Writes TensorFlow checkpoints, sound ones and others: one block of variables, one of places.</summary>
internal sealed class BundleWriter
{
    private const byte Snappy = 1;

    private readonly SortedDictionary<string, BundleEntryProto> _entries = new(StringComparer.Ordinal);
    private readonly List<MemoryStream> _shards = [];

    public BundleWriter(int shards = 1)
    {
        for (int i = 0; i < shards; i++) _shards.Add(new MemoryStream());
        Header = new BundleHeaderProto { NumShards = shards, Version = new VersionProto { Producer = 1 } };
    }

    public BundleHeaderProto Header { get; }

    /// <summary>Whether the block of variables is compressed.</summary>
    public bool Compresses { get; init; }

    /// <summary>What the index says about a variable.</summary>
    public BundleEntryProto this[string name] => _entries[name];

    public static BundleWriter Of(TinyModel model)
    {
        var writer = new BundleWriter();
        foreach ((string name, (long[] shape, float[] values)) in model.Tensors) writer.Add(name, shape, values);
        return writer;
    }

    public void Add(string name, long[] shape, float[] values, int shard = 0)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        Add(name, 1, shape, bytes, shard);
    }

    public void Add(string name, int type, long[] shape, byte[] bytes, int shard = 0)
    {
        var entry = new BundleEntryProto { Dtype = type, Shape = new ShapeProto(), ShardId = shard, Offset = _shards[shard].Position, Size = bytes.Length, Crc32C = Crc32C.Mask(Crc32C.Append(0, bytes)) };
        foreach (long dimension in shape) entry.Shape.Dim.Add(new ShapeProto.Types.Dim { Size = dimension });
        _entries.Add(name, entry);
        _shards[shard].Write(bytes);
    }

    public void Save(string folder, string stem = "bert_model.ckpt")
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < _shards.Count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{stem}.data-{i:D5}-of-{_shards.Count:D5}");
            File.WriteAllBytes(Path.Combine(folder, name), _shards[i].ToArray());
        }

        File.WriteAllBytes(Path.Combine(folder, stem + ".index"), Index());
    }

    public byte[] Index() => Index([Entries()]);

    /// <summary>An index whose blocks of variables are these, with right checksums whatever they hold.</summary>
    public byte[] Index(params byte[][] blocks)
    {
        var file = new MemoryStream();
        var places = new List<(byte[] Key, byte[] Value)>();
        for (int i = 0; i < blocks.Length; i++) places.Add(([(byte)('p' + i)], AddBlock(file, blocks[i], Compresses)));
        byte[] meta = AddBlock(file, Block([]), compresses: false);
        byte[] index = AddBlock(file, Block(places), compresses: false);
        var footer = new byte[48];
        meta.CopyTo(footer, 0);
        index.CopyTo(footer, meta.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(40), 0xDB47_7524_8B80_FB57);
        file.Write(footer);
        return file.ToArray();
    }

    /// <summary>The block of variables.</summary>
    public byte[] Entries()
    {
        var all = new List<(byte[] Key, byte[] Value)> { ([], Header.ToByteArray()) };
        all.AddRange(_entries.Select(e => (Encoding.UTF8.GetBytes(e.Key), e.Value.ToByteArray())));
        return Block(all);
    }

    /// <summary>A block that shares nothing between keys and has one restart point.</summary>
    public static byte[] Block(IEnumerable<(byte[] Key, byte[] Value)> entries)
    {
        var block = new MemoryStream();
        foreach ((byte[] key, byte[] value) in entries)
        {
            block.WriteByte(0);
            WriteVarint(block, (ulong)key.Length);
            WriteVarint(block, (ulong)value.Length);
            block.Write(key);
            block.Write(value);
        }

        block.Write([0, 0, 0, 0, 1, 0, 0, 0]);
        return block.ToArray();
    }

    private static byte[] AddBlock(MemoryStream file, byte[] block, bool compresses)
    {
        long offset = file.Position;
        byte[] stored = compresses ? Literals(block) : block;
        byte[] whole = [.. stored, compresses ? Snappy : (byte)0];
        file.Write(whole);
        file.Write(BitConverter.GetBytes(Crc32C.Mask(Crc32C.Append(0, whole))));
        var handle = new MemoryStream();
        WriteVarint(handle, (ulong)offset);
        WriteVarint(handle, (ulong)stored.Length);
        return handle.ToArray();
    }

    /// <summary>Snappy without any copies.</summary>
    private static byte[] Literals(byte[] bytes)
    {
        var result = new MemoryStream();
        WriteVarint(result, (ulong)bytes.Length);
        for (int i = 0; i < bytes.Length; i += 60)
        {
            int length = Math.Min(60, bytes.Length - i);
            result.WriteByte((byte)((length - 1) << 2));
            result.Write(bytes, i, length);
        }

        return result.ToArray();
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
