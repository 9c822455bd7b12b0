using System.Buffers.Binary;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>Undoes the compression of a table's blocks (snappy, <c>format_description.txt</c>): literals and copies of what came before.</summary>
internal static class Snappy
{
    /// <summary>A copy of 64 bytes takes 2 bytes or more, so nothing sound grows more than this.</summary>
    public const int MostGrowth = 32;

    /// <summary>The length that a compressed block says it has; null: none that can be true.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> compressed)
    {
        int whole = compressed.Length;
        if (!Varint.TryRead(ref compressed, out ulong length) || length > (ulong)whole * MostGrowth || length > int.MaxValue) return null;
        return (int)length;
    }

    /// <summary>Fills <paramref name="destination"/>, which has the block's length; false: the block is not sound.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> compressed, Span<byte> destination)
    {
        if (!Varint.TryRead(ref compressed, out ulong length) || length != (ulong)destination.Length) return false;
        int at = 0;
        while (!compressed.IsEmpty)
        {
            byte tag = compressed[0];
            compressed = compressed[1..];
            bool sound = (tag & 3) == 0 ? Literal(tag >> 2, ref compressed, destination, ref at) : Copy(tag, ref compressed, destination, ref at);
            if (!sound) return false;
        }

        return at == destination.Length;
    }

    private static bool Literal(int lengthCode, ref ReadOnlySpan<byte> compressed, Span<byte> destination, ref int at)
    {
        const int longest = 60;
        long length = lengthCode + 1;
        if (lengthCode >= longest)
        {
            int bytes = lengthCode - longest + 1;
            if (compressed.Length < bytes) return false;
            length = 1;
            for (int i = 0; i < bytes; i++) length += (long)compressed[i] << (8 * i);
            compressed = compressed[bytes..];
        }

        if (length > compressed.Length || length > destination.Length - at) return false;
        compressed[..(int)length].CopyTo(destination[at..]);
        compressed = compressed[(int)length..];
        at += (int)length;
        return true;
    }

    private static bool Copy(byte tag, ref ReadOnlySpan<byte> compressed, Span<byte> destination, ref int at)
    {
        int bytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        if (compressed.Length < bytes) return false;
        (int length, long offset) = bytes switch
        {
            1 => (((tag >> 2) & 7) + 4, ((long)(tag >> 5) << 8) | compressed[0]),
            2 => ((tag >> 2) + 1, BinaryPrimitives.ReadUInt16LittleEndian(compressed)),
            _ => ((tag >> 2) + 1, BinaryPrimitives.ReadUInt32LittleEndian(compressed)),
        };
        compressed = compressed[bytes..];
        if (offset == 0 || offset > at || length > destination.Length - at) return false;

        // Byte by byte: a copy may reach into what it writes.
        for (int i = 0; i < length; i++, at++) destination[at] = destination[at - (int)offset];
        return true;
    }
}
