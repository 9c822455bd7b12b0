using System.Buffers.Binary;
using System.Numerics;

namespace BertCompiler.Tool.Importers.TensorBundle;

/// <summary>
/// CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected; RFC 3720 B.4), as the processor computes it where it can, and masked as
/// TensorFlow stores it (<c>tsl/lib/hash/crc32c.h</c>).
/// </summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282_EAD8;

    /// <summary>Goes on with a checksum: <c>Append(Append(0, a), b)</c> is the checksum of a and b.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    /// <summary>The stored form: a checksum of bytes that hold checksums would otherwise be weak.</summary>
    public static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;
}
