using System.Buffers.Binary;

namespace BertCompiler.Weights;

/// <summary>
/// The first page of a packed file. Little-endian: 8 bytes "BERTPACK", u32 version, u32 zero, u64 bytes of the whole file, u64 offset and
/// u64 bytes of the tokenizer section, 32 bytes SHA-256 of everything behind this page; zeros up to 4096.
/// </summary>
internal readonly record struct PackedHeader(long FileBytes, long TokenizerOffset, long TokenizerBytes, string ContentHash)
{
    /// <summary>Bytes of the header page.</summary>
    public const int Bytes = 4096;

    /// <summary>Changes with every change of the layout.</summary>
    public const uint Version = 1;

    private const int HashOffset = 40;

    private static ReadOnlySpan<byte> Magic => "BERTPACK"u8;

    /// <summary>Writes the header into a zeroed page.</summary>
    public void Write(Span<byte> page)
    {
        page[..Bytes].Clear();
        Magic.CopyTo(page);
        BinaryPrimitives.WriteUInt32LittleEndian(page[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(page[16..], FileBytes);
        BinaryPrimitives.WriteInt64LittleEndian(page[24..], TokenizerOffset);
        BinaryPrimitives.WriteInt64LittleEndian(page[32..], TokenizerBytes);
        Convert.FromHexString(ContentHash).CopyTo(page[HashOffset..]);
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="page">The beginning of the file, as much of it as there is.</param>
    /// <param name="actualBytes">How long the file is.</param>
    /// <param name="source">What the bytes are called in messages.</param>
    /// <exception cref="InvalidDataException">Not a packed file, of another version, or cut short.</exception>
    public static PackedHeader Read(ReadOnlySpan<byte> page, long actualBytes, string source)
    {
        if (page.Length < Bytes || !page.StartsWith(Magic))
        {
            throw new InvalidDataException($"{source}: not a file of packed weights (it must begin with 'BERTPACK' and a header of {Bytes} bytes; it has {actualBytes} bytes)");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(page[8..]);
        if (version != Version)
        {
            throw new InvalidDataException($"{source}: packed weights of version {version}; this program reads version {Version}: build the model again");
        }

        var header = new PackedHeader(
            BinaryPrimitives.ReadInt64LittleEndian(page[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(page[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(page[32..]),
            Convert.ToHexStringLower(page.Slice(HashOffset, 32)));
        if (header.FileBytes != actualBytes)
        {
            throw new InvalidDataException($"{source}: {actualBytes} bytes, but its header says {header.FileBytes}: the file was cut short or overwritten");
        }

        if (header.TokenizerOffset < Bytes || header.TokenizerBytes < 0 || header.TokenizerOffset > actualBytes - header.TokenizerBytes)
        {
            throw new InvalidDataException($"{source}: the tokenizer section ({header.TokenizerBytes} bytes at {header.TokenizerOffset}) reaches outside the file");
        }

        return header;
    }
}
