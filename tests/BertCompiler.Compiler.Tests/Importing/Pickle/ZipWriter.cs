using System.Buffers.Binary;
using System.Text;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>Writes archives of stored entries, sound ones and others.</summary>
internal sealed class ZipWriter
{
    private readonly List<byte> _bytes = [];
    private readonly List<byte> _directory = [];
    private int _entries;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name in the directory.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="localName">Its name at its own place; null: the same.</param>
    /// <param name="at">Where the directory says it lies; null: where it does.</param>
    /// <param name="flags">1: encrypted.</param>
    /// <param name="wide">Write sizes and place as zip64.</param>
    public ZipWriter Add(string name, byte[] content, string? localName = null, uint? at = null, ushort flags = 0, bool wide = false)
    {
        uint offset = at ?? (uint)_bytes.Count;
        byte[] own = Encoding.UTF8.GetBytes(localName ?? name);
        byte[] listed = Encoding.UTF8.GetBytes(name);
        Write(_bytes, "PK\u0003\u0004"u8, 22, own.Length);
        _bytes.AddRange(new byte[2]);
        _bytes.AddRange(own);
        _bytes.AddRange(content);
        Span<byte> header = stackalloc byte[46];
        header.Clear();
        "PK\u0001\u0002"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], wide ? uint.MaxValue : (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], wide ? uint.MaxValue : (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], (ushort)listed.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], (ushort)(wide ? 28 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], wide ? uint.MaxValue : offset);
        _directory.AddRange(header);
        _directory.AddRange(listed);
        if (wide)
        {
            _directory.AddRange([1, 0, 24, 0]);
            foreach (long value in new long[] { content.Length, content.Length, offset }) _directory.AddRange(BitConverter.GetBytes(value));
        }

        _entries++;
        return this;
    }

    public byte[] End()
    {
        long start = _bytes.Count;
        _bytes.AddRange(_directory);
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)start);
        _bytes.AddRange(end);
        return _bytes.ToArray();
    }

    private static void Write(List<byte> stream, ReadOnlySpan<byte> signature, int zeros, int length)
    {
        stream.AddRange(signature);
        stream.AddRange(new byte[zeros]);
        stream.AddRange(BitConverter.GetBytes((ushort)length));
    }
}
