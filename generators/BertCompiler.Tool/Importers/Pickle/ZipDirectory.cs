using System.Buffers.Binary;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Formats;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// The directory of a zip archive, as PyTorch writes them (PKWARE APPNOTE 6.3, <c>caffe2/serialize/inline_container.cc</c>): stored entries
/// only, with or without zip64. Nothing is unpacked and no name becomes a path; names that would climb are refused all the same.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int HeaderBytes = 46;
    private const int LocalHeaderBytes = 30;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int EntryMemory = 256;
    private const int Stored = 0;
    private const int IsEncrypted = 1;

    private readonly ByteSource _source;
    private readonly CheckpointContext _context;
    private readonly List<(string Name, byte[] Bytes, long Header, long Length)> _found = [];

    private ZipDirectory(ByteSource source, CheckpointContext context) => (_source, _context) = (source, context);

    /// <summary>Reads the directory; the entries stand in the order of their bytes.</summary>
    /// <exception cref="ImportException">Cut short, malformed, compressed, overlapping, or with a name that leaves the archive.</exception>
    public static IReadOnlyList<ZipEntry> Read(ByteSource source, CheckpointContext context)
    {
        var directory = new ZipDirectory(source, context);
        long end = directory.ReadHeaders();
        return directory.Locate(end);
    }

    /// <summary>Reads the central directory; the result is where it begins, and entries must have ended.</summary>
    private long ReadHeaders()
    {
        (long offset, long size) = FindDirectory(out long end);
        if (offset < 0 || size < 0 || offset > end - size) throw Malformed($"its directory would have {size} bytes from byte {offset} on; it must end by byte {end}");
        _context.Budget.Spend(size + (size / HeaderBytes * EntryMemory), ProblemKinds.PickleMalformed, _source, $"the archive's directory of {size} bytes");
        var bytes = new byte[size];
        _source.Read(bytes, offset);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 0; at < bytes.Length;)
        {
            if (_found.Count % 1024 == 0) _context.Cancellation.ThrowIfCancellationRequested();
            at += ReadHeader(bytes.AsSpan(at));
            if (!names.Add(_found[^1].Name)) throw Malformed($"the entry '{Text.Shorten(_found[^1].Name)}' is there twice");
        }

        return offset;
    }

    /// <summary>Where the central directory lies, by the record at the end of the file.</summary>
    private (long Offset, long Size) FindDirectory(out long end)
    {
        var tail = new byte[Math.Min(_source.Length, EndBytes + LongestComment)];
        _source.Read(tail, _source.Length - tail.Length);
        for (int at = tail.Length - EndBytes; at >= 0; at--)
        {
            ReadOnlySpan<byte> record = tail.AsSpan(at);
            if (!record.StartsWith("PK\u0005\u0006"u8) || BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) != record.Length - EndBytes) continue;
            end = _source.Length - tail.Length + at;
            if (FindDirectory64(ref end) is { } found) return found;
            return (BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), BinaryPrimitives.ReadUInt32LittleEndian(record[12..]));
        }

        throw new ImportException(ProblemKinds.FileTruncated, _source.FilePath, $"{_source.FileName} begins as a zip archive and has no directory at its end: the file was cut short");
    }

    /// <summary>The same by the zip64 record, where there is one before <paramref name="end"/>.</summary>
    private (long Offset, long Size)? FindDirectory64(ref long end)
    {
        Span<byte> locator = stackalloc byte[LocatorBytes];
        if (end < LocatorBytes) return null;
        _source.Read(locator, end - LocatorBytes);
        if (!locator.StartsWith("PK\u0006\u0007"u8)) return null;
        long at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> record = stackalloc byte[End64Bytes];
        if (at < 0 || at > end - LocatorBytes - End64Bytes) throw Malformed($"its zip64 record would lie at byte {at}");
        _source.Read(record, at);
        if (!record.StartsWith("PK\u0006\u0006"u8)) throw Malformed($"there is no zip64 record at byte {at}");
        end = at;
        return (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]));
    }

    /// <summary>Reads one header of the directory; the result is its length.</summary>
    private int ReadHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes || !header.StartsWith("PK\u0001\u0002"u8)) throw Malformed("its directory is damaged");
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        int total = HeaderBytes + nameBytes + extraBytes + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        if (total > header.Length) throw Malformed("its directory is damaged");
        byte[] bytes = header.Slice(HeaderBytes, nameBytes).ToArray();
        string name = Text.OfBytes(bytes);
        if (!RelativePath.IsInside(name.EndsWith('/') ? name[..^1] : name))
        {
            throw new ImportException(ProblemKinds.ZipUnsafe, _source.FilePath, $"{_source.FileName}: the archive has an entry '{Text.Shorten(name)}', which does not stay inside it");
        }

        int method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        if (method != Stored)
        {
            throw new ImportException(ProblemKinds.ZipCompressed, _source.FilePath, $"{_source.FileName}: the entry '{Text.Shorten(name)}' is compressed (method {method}); PyTorch stores entries as they are, and only such are read");
        }

        if ((header[8] & IsEncrypted) != 0) throw Malformed($"the entry '{Text.Shorten(name)}' is encrypted");
        (long length, long stored, long at) = ReadSizes(header, header.Slice(HeaderBytes + nameBytes, extraBytes));
        if (length != stored || length < 0) throw Malformed($"the entry '{Text.Shorten(name)}' has {length} bytes and takes {stored}, though it is not compressed");
        _found.Add((name, bytes, at, length));
        return total;
    }

    /// <summary>Length, stored length and place; what does not fit 32 bits stands in the zip64 field, in this order.</summary>
    private static (long Length, long Stored, long Header) ReadSizes(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        ReadOnlySpan<byte> wide = Field64(extra);
        long length = Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[24..]), ref wide);
        long stored = Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[20..]), ref wide);
        return (length, stored, Wide(BinaryPrimitives.ReadUInt32LittleEndian(header[42..]), ref wide));
    }

    private static long Wide(uint narrow, ref ReadOnlySpan<byte> wide)
    {
        if (narrow != uint.MaxValue || wide.Length < sizeof(long)) return narrow;
        long value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value;
    }

    private static ReadOnlySpan<byte> Field64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }

    /// <summary>Where the entries' bytes lie: behind their local headers, none in another, all before the directory.</summary>
    private List<ZipEntry> Locate(long end)
    {
        _found.Sort((a, b) => a.Header.CompareTo(b.Header));
        var entries = new List<ZipEntry>(_found.Count);
        Span<byte> local = stackalloc byte[LocalHeaderBytes];
        long free = 0;
        foreach ((string name, byte[] bytes, long header, long length) in _found)
        {
            if (entries.Count % 1024 == 0) _context.Cancellation.ThrowIfCancellationRequested();
            string shown = Text.Shorten(name);
            if (header < free || header > end - LocalHeaderBytes) throw Malformed($"the entry '{shown}' lies at byte {header}, inside another entry or outside the file");
            _source.Read(local, header);
            int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(local[26..]);
            long offset = header + LocalHeaderBytes + nameBytes + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
            if (!local.StartsWith("PK\u0003\u0004"u8) || nameBytes != bytes.Length || offset > end - length) throw Malformed($"the entry '{shown}' does not fit its place at byte {header}");
            var stated = new byte[nameBytes];
            _source.Read(stated, header + LocalHeaderBytes);
            if (!stated.AsSpan().SequenceEqual(bytes)) throw Malformed($"the entry '{shown}' is called '{Text.Shorten(Text.OfBytes(stated))}' at its own place");
            entries.Add(new ZipEntry(name, offset, length));
            free = offset + length;
        }

        return entries;
    }

    private ImportException Malformed(string message) => new(ProblemKinds.PickleMalformed, _source.FilePath, $"{_source.FileName}: the archive is malformed: {message}");
}
