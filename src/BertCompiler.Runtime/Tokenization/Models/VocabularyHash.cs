using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BertCompiler.Tokenization;

/// <summary>The hash of the vocabulary's table: a multiplication of 64 by 64 bits for each 8 bytes, its halves folded together.</summary>
internal static class VocabularyHash
{
    /// <summary>An odd number without pattern.</summary>
    public const ulong Factor = 0x9E3779B97F4A7C15;

    private const ulong LengthFactor = 0xD6E8FEB86659FD93;
    private const int LongestExact = 255;

    /// <summary>Hash of a text of at most 8 bytes.</summary>
    /// <param name="key">The bytes, the first lowest.</param>
    /// <param name="length">How many.</param>
    /// <param name="seed">The table's seed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfShort(ulong key, int length, ulong seed) => Fold(key ^ seed, LengthFactor + ((ulong)length << 1));

    /// <summary>Hash of a text of more than 8 bytes.</summary>
    public static ulong OfLong(ReadOnlySpan<byte> text, ulong seed)
    {
        ulong hash = seed;
        ReadOnlySpan<byte> rest = text;
        for (; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..]) hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), Factor);
        return Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]), LengthFactor + ((ulong)text.Length << 1));
    }

    /// <summary>What a slot repeats of hash and length: the length up to 255 in the low byte, bits of the hash above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint TagOf(ulong hash, int length) => ((uint)(hash >> 32) & ~0xFFu) | (uint)Math.Min(length, LongestExact);

    /// <summary>The first 8 bytes or fewer of a text, the first lowest.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> text)
    {
        ulong key = 0;
        for (int i = Math.Min(text.Length, sizeof(ulong)) - 1; i >= 0; i--) key = key << 8 | text[i];
        return key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong value, ulong factor)
    {
        ulong high = Math.BigMul(value, factor, out ulong low);
        return high ^ low;
    }
}
