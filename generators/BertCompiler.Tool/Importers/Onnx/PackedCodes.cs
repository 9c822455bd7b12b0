using System.Buffers;
using System.Buffers.Binary;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Whole numbers of 2 to 32 bits in rows of equal length, one behind the other, the first in a byte's lowest bits.</summary>
/// <param name="tensor">Holds them; the caller has checked that it has all of them.</param>
/// <param name="bits">2, 4, 8, 16 or 32.</param>
/// <param name="signed">Two's complement, or without sign.</param>
/// <param name="rowCodes">Numbers from the beginning of one row to that of the next, with what fills it up.</param>
internal sealed class PackedCodes(OnnxTensor tensor, int bits, bool signed, long rowCodes)
{
    /// <summary>Reads numbers <paramref name="column"/> … of a row.</summary>
    public void Read(long row, long column, Span<int> destination)
    {
        if (destination.IsEmpty) return;
        long bit = ((row * rowCodes) + column) * bits;
        int shift = (int)(bit % 8);
        int bytes = checked((int)((shift + ((long)destination.Length * bits) + 7) / 8));
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            Span<byte> packed = rented.AsSpan(0, bytes);
            tensor.ReadBytes(bit / 8, packed);
            if (bits < 8) Unpack(packed, shift, destination);
            else Widen(packed, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Unpack(ReadOnlySpan<byte> packed, int shift, Span<int> destination)
    {
        int mask = (1 << bits) - 1;
        int sign = signed ? 1 << (bits - 1) : 0;
        for (int i = 0; i < destination.Length; i++)
        {
            int bit = shift + (i * bits);
            int code = (packed[bit / 8] >> (bit % 8)) & mask;

            // Two's complement of few bits: flip the sign bit, take its weight off.
            destination[i] = (code ^ sign) - sign;
        }
    }

    private void Widen(ReadOnlySpan<byte> packed, Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (bits, signed) switch
            {
                (8, true) => (sbyte)packed[i],
                (8, false) => packed[i],
                (16, true) => BinaryPrimitives.ReadInt16LittleEndian(packed[(2 * i)..]),
                (16, false) => BinaryPrimitives.ReadUInt16LittleEndian(packed[(2 * i)..]),
                _ => BinaryPrimitives.ReadInt32LittleEndian(packed[(4 * i)..]),
            };
        }
    }
}
