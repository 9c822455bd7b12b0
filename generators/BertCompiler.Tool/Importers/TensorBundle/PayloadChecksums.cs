using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>Holds tensors against the checksums that the index has of them; the bytes are read in pieces.</summary>
internal sealed class PayloadChecksums(CheckpointContext context, IReadOnlyDictionary<int, ByteSource> shards)
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>Reads the tensors once, in the order of their bytes.</summary>
    /// <exception cref="ImportException">One was changed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Check(IReadOnlyList<BundleEntry> entries)
    {
        double total = Math.Max(1, entries.Sum(e => (double)e.Bytes));
        double done = 0;
        var buffer = new byte[ChunkBytes];
        foreach (BundleEntry entry in entries)
        {
            ByteSource shard = shards[entry.Shard];
            uint crc = 0;
            for (long at = 0; at < entry.Bytes; at += ChunkBytes)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, entry.Bytes - at));
                shard.Read(part, entry.Offset + at);
                crc = Crc32C.Append(crc, part);
                done += part.Length;
                context.Progress?.Report(done / total);
            }

            uint computed = Crc32C.Mask(crc);
            if (computed == entry.Checksum) continue;
            throw new ImportException(ProblemKinds.TensorBundleChecksum, shard.FilePath, $"{shard.FileName}: '{entry.Name}' has the checksum {entry.Checksum:x8} in the index, and its bytes give {computed:x8}: the file was changed");
        }
    }
}
