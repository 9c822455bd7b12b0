using System.Buffers.Binary;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>
/// Reads a sorted table of keys and values as TensorFlow writes it (<c>tsl/lib/io/format.h</c>, after LevelDB's
/// <c>doc/table_format.md</c>): blocks of entries, a block that says where they are, and a footer that says where that one is. Behind each
/// block stand a byte for its compression and a checksum.
/// </summary>
internal sealed class TableFile(ByteSource source, CheckpointContext context)
{
    private const int FooterBytes = 48;
    private const ulong Magic = 0xDB47_7524_8B80_FB57;
    private const int TrailerBytes = 5;
    private const byte Uncompressed = 0;
    private const byte SnappyCompressed = 1;

    /// <summary>Hands every entry on, in the order of the keys.</summary>
    /// <exception cref="ImportException">Not a table, or not a sound one.</exception>
    public void Read(TableEntryReader each)
    {
        long end = source.Length - FooterBytes;
        BlockHandle index = ReadFooter();
        byte[] blocks = ReadBlock(index);
        byte[] last = new byte[BlockEntries.MostKeyBytes];
        int lastLength = -1;
        ulong read = 0;
        var handles = new BlockEntries(blocks, source);
        while (handles.MoveNext())
        {
            ReadOnlySpan<byte> value = handles.Value;
            if (!BlockHandle.TryRead(ref value, out BlockHandle block)) throw Malformed("the index of blocks holds something else than places of blocks");
            CheckInside(block, end);

            // Each byte of the file belongs to one block; so reading takes no longer than the file is.
            if (block.Offset < read) throw Fault(ProblemKinds.TensorBundleBounds, $"the block at byte {block.Offset} lies over the one before it, which ends at {read}");
            read = block.Offset + block.Size + TrailerBytes;
            var entries = new BlockEntries(ReadBlock(block), source);
            while (entries.MoveNext())
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (lastLength >= 0 && entries.Key.SequenceCompareTo(last.AsSpan(0, lastLength)) <= 0) throw Malformed("the keys are not in order, or one stands twice");
                lastLength = entries.Key.Length;
                entries.Key.CopyTo(last);
                each(entries.Key, entries.Value);
            }
        }
    }

    private BlockHandle ReadFooter()
    {
        if (source.Length < FooterBytes) throw Fault(ProblemKinds.FileTruncated, $"it has {source.Length} bytes; the index of a TensorFlow checkpoint ends with a footer of {FooterBytes}");
        byte[] beginning = source.ReadBeginning(64);
        ModelFile.RefuseLfsPointer(beginning, source.FilePath);
        long end = source.Length - FooterBytes;
        var footer = new byte[FooterBytes];
        source.Read(footer, end);
        ReadOnlySpan<byte> rest = footer;
        bool hasHandles = BlockHandle.TryRead(ref rest, out BlockHandle meta) & BlockHandle.TryRead(ref rest, out BlockHandle index);
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(footer.AsSpan(FooterBytes - sizeof(ulong)));
        if (magic != Magic)
        {
            // An index begins with the empty key; where neither handles nor magic number follow in the end, the end is not there.
            bool isCut = beginning is [0, 0, ..] && !(hasHandles && index.Fits(end, TrailerBytes));
            throw isCut
                ? Fault(ProblemKinds.FileTruncated, $"the footer is missing at the end of its {source.Length} bytes: the file was cut off")
                : Malformed($"it ends with {magic:x16}; expected {Magic:x16}, the magic number of the index of a TensorFlow checkpoint");
        }

        if (!hasHandles) throw Malformed("the footer does not say where the blocks are");
        CheckInside(meta, end);
        CheckInside(index, end);
        return index;
    }

    private byte[] ReadBlock(BlockHandle handle)
    {
        int size = (int)Math.Min(handle.Size, int.MaxValue - TrailerBytes);
        context.Budget.Spend((long)handle.Size + TrailerBytes, ProblemKinds.TensorBundleMalformed, source, "a block of the index");
        var bytes = new byte[size + TrailerBytes];
        source.Read(bytes, (long)handle.Offset);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(size + 1));
        uint computed = Crc32C.Mask(Crc32C.Append(0, bytes.AsSpan(0, size + 1)));
        if (stored != computed)
        {
            throw Fault(ProblemKinds.TensorBundleChecksum, $"the block at byte {handle.Offset} has the checksum {stored:x8}, and its bytes give {computed:x8}: the file was changed");
        }

        return bytes[size] switch
        {
            Uncompressed => bytes[..size],
            SnappyCompressed => Decompress(bytes.AsSpan(0, size), handle),
            byte type => throw Malformed($"the block at byte {handle.Offset} is compressed in a way {type} that is not known"),
        };
    }

    private byte[] Decompress(ReadOnlySpan<byte> compressed, BlockHandle handle)
    {
        if (Snappy.LengthOf(compressed) is { } length)
        {
            context.Budget.Spend(length, ProblemKinds.TensorBundleMalformed, source, "a block of the index");
            var bytes = new byte[length];
            if (Snappy.TryDecode(compressed, bytes)) return bytes;
        }

        throw Malformed($"the block at byte {handle.Offset} should be compressed with snappy, and is not");
    }

    private void CheckInside(BlockHandle handle, long end)
    {
        if (!handle.Fits(end, TrailerBytes)) throw Fault(ProblemKinds.TensorBundleBounds, $"a block of {handle.Size} bytes at byte {handle.Offset} does not lie in the file, which has {source.Length}");
    }

    private ImportException Malformed(string what) => Fault(ProblemKinds.TensorBundleMalformed, what);

    private ImportException Fault(ProblemKind kind, string what) => new(kind, source.FilePath, $"{source.FileName}: {what}");
}
