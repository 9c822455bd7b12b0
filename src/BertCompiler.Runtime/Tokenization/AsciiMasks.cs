using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BertCompiler.Tokenization;

/// <summary>Which of 64 bytes are ASCII white space or punctuation, or begin a longer code point; one bit a byte, the first in bit 0.</summary>
internal readonly struct AsciiMasks
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Count = 64;

    // A byte belongs to a group where the entries of its two halves share a bit; the bits of white space are the lowest two.
    private const byte WhiteBits = 3;

    public readonly ulong WhiteSpace;
    public readonly ulong Punctuation;
    public readonly ulong Leads;

    /// <summary>Classifies the first 64 bytes.</summary>
    public AsciiMasks(ReadOnlySpan<byte> bytes)
    {
        // By the lower half: 09–0D; 20; 21–2F; 3A–3F; 5B–5F; 40 and 60; 7B–7E.
        Vector128<byte> low = Vector128.Create((byte)0x22, 4, 4, 4, 4, 4, 4, 4, 4, 5, 0x0D, 0x5D, 0x5D, 0x5D, 0x5C, 0x1C);
        Vector128<byte> high = Vector128.Create((byte)1, 0, 6, 8, 0x20, 0x10, 0x20, 0x40, 0, 0, 0, 0, 0, 0, 0, 0);
        ReadOnlySpan<Vector128<byte>> parts = MemoryMarshal.Cast<byte, Vector128<byte>>(bytes[..Count]);
        for (int i = 0; i < parts.Length; i++)
        {
            Vector128<byte> part = parts[i];
            Vector128<byte> found = Vector128.ShuffleNative(low, part & Vector128.Create((byte)0x0F)) & Vector128.ShuffleNative(high, part >>> 4);
            int shift = i * Vector128<byte>.Count;
            ulong any = ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            ulong white = ~Vector128.Equals(found & Vector128.Create(WhiteBits), Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            WhiteSpace |= white << shift;
            Punctuation |= (any & ~white) << shift;

            // The two highest bits are set.
            Leads |= (ulong)(part & (part << 1)).ExtractMostSignificantBits() << shift;
        }
    }
}
