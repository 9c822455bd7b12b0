using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BertCompiler.Tokenization;

/// <summary>What GPT-2's pattern asks about each of 64 bytes; one bit a byte, the first in bit 0.</summary>
internal struct Gpt2Masks
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Count = 64;

    private const byte CaseBit = 0x20;
    private const byte LetterCount = 26;
    private const byte DigitCount = 10;
    private const byte ControlSpaceCount = 5;

    public ulong Letters;
    public ulong Numbers;

    /// <summary>White space, the space included.</summary>
    public ulong WhiteSpace;
    public ulong Spaces;
    public ulong Apostrophes;
    public ulong NonAscii;

    /// <summary>Classifies the first 64 bytes; of those that are not ASCII, only that they are not.</summary>
    public Gpt2Masks(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<Vector256<byte>> parts = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes[..Count]);
        for (int i = 0; i < parts.Length; i++)
        {
            Vector256<byte> part = parts[i];
            int shift = i * Vector256<byte>.Count;
            Vector256<byte> spaces = Vector256.Equals(part, Vector256.Create((byte)' '));
            Letters |= InRange(part | Vector256.Create(CaseBit), (byte)'a', LetterCount) << shift;
            Numbers |= InRange(part, (byte)'0', DigitCount) << shift;
            Spaces |= (ulong)spaces.ExtractMostSignificantBits() << shift;
            WhiteSpace |= InRange(part, (byte)'\t', ControlSpaceCount) << shift;
            Apostrophes |= (ulong)Vector256.Equals(part, Vector256.Create((byte)'\'')).ExtractMostSignificantBits() << shift;
            NonAscii |= (ulong)part.ExtractMostSignificantBits() << shift;
        }

        WhiteSpace |= Spaces;
    }

    private static ulong InRange(Vector256<byte> part, byte first, byte count)
        => Vector256.LessThan(part - Vector256.Create(first), Vector256.Create(count)).ExtractMostSignificantBits();
}
