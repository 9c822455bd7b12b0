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

    // First bytes of UTF-8.
    private const byte FirstCyrillic = 0xD0;
    private const byte CyrillicCount = 2;
    private const byte FirstIdeographs = 0xE5;
    private const byte IdeographsCount = 5;
    private const byte FirstHangul = 0xEB;
    private const byte HangulCount = 2;

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

    /// <summary>
    /// The first bytes of letters of two bytes, U+0400 to U+047F, and of three, U+5000 to U+9FFF and U+B000 to U+CFFF: all are letters.
    /// </summary>
    public static (ulong Two, ulong Three) LongLetters(ReadOnlySpan<byte> bytes)
    {
        ulong two = 0;
        ulong three = 0;
        ReadOnlySpan<Vector256<byte>> parts = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes[..Count]);
        for (int i = 0; i < parts.Length; i++)
        {
            int shift = i * Vector256<byte>.Count;
            two |= InRange(parts[i], FirstCyrillic, CyrillicCount) << shift;
            three |= (InRange(parts[i], FirstIdeographs, IdeographsCount) | InRange(parts[i], FirstHangul, HangulCount)) << shift;
        }

        return (two, three);
    }

    private static ulong InRange(Vector256<byte> part, byte first, byte count)
        => Vector256.LessThan(part - Vector256.Create(first), Vector256.Create(count)).ExtractMostSignificantBits();
}
