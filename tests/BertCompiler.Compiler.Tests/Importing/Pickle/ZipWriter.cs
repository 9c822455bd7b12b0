using System.Buffers.Binary;
using System.Text;

namespace BertCompiler.Compiler.Tests.Importing.Pickle;

/// <summary>Writes archives of stored entries, sound ones and others.</summary>
internal sealed class ZipWriter
{
    private readonly MemoryStream _bytes = new();
    private readonly MemoryStream _directory = new();
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
        uint offset = at ?? (uint)_bytes.Length;
        byte[] own = Encoding.UTF8.GetBytes(localName ?? name);
        byte[] listed = Encoding.UTF8.GetBytes(name);
        Write(_bytes, "PK\u0003\u0004"u8, 22, own.Length);
        _bytes.Write(new byte[2]);
        _bytes.Write(own);
        _bytes.Write(content);
        Span<byte> header = stackalloc byte[46];
        header.Clear();
        "PK\u0001\u0002"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], wide ? uint.MaxValue : (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], wide ? uint.MaxValue : (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], (ushort)listed.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], (ushort)(wide ? 28 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], wide ? uint.MaxValue : offset);
        _directory.Write(header);
        _directory.Write(listed);
        if (wide)
        {
            _directory.Write([1, 0, 24, 0]);
            foreach (long value in new long[] { content.Length, content.Length, offset }) _directory.Write(BitConverter.GetBytes(value));
        }

        _entries++;
        return this;
    }

    public byte[] End()
    {
        long start = _bytes.Length;
        _bytes.Write(_directory.ToArray());
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)start);
        _bytes.Write(end);
        return _bytes.ToArray();
    }

    private static void Write(MemoryStream stream, ReadOnlySpan<byte> signature, int zeros, int length)
    {
        stream.Write(signature);
        stream.Write(new byte[zeros]);
        stream.Write(BitConverter.GetBytes((ushort)length));
    }
}
