using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Checks a precompiled map of characters whole (u32 bytes of the trie; the trie, a double array of u32 as darts-clone builds it; texts that
/// end with NUL, to which its values point), so that no search in it can leave it.
/// </summary>
internal static class CharacterMapCheck
{
    private const uint IsValue = 0x8000_0000;
    private const uint HasValue = 0x100;
    private const uint BlockMask = 0xFF;

    /// <summary>What is wrong with a map; null: nothing. Linear in its bytes.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> map)
    {
        if (map.Length < sizeof(uint)) return "it has less than 4 bytes";
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(map);
        map = map[sizeof(uint)..];
        if (bytes % sizeof(uint) != 0 || bytes > map.Length) return $"its trie is said to take {bytes} bytes and {map.Length} follow";
        if (bytes == 0) return "its trie is empty";
        ReadOnlySpan<byte> texts = map[(int)bytes..];
        return Utf8.IsValid(texts) ? FaultOf(MemoryMarshal.Cast<byte, uint>(map[..(int)bytes]), texts) : "its texts are not UTF-8";
    }

    /// <summary>Every unit that is no value is looked at, also those that no key reaches: darts-clone fills them with units that stay inside.</summary>
    private static string? FaultOf(ReadOnlySpan<uint> trie, ReadOnlySpan<byte> texts)
    {
        for (int i = 0; i < trie.Length; i++)
        {
            uint unit = trie[i];
            if ((unit & IsValue) != 0) continue;

            // The next byte of a key chooses one of the 256 units of a block.
            uint next = (uint)i ^ ((unit >> 10) << (int)((unit & 0x200) >> 6));
            if ((next | BlockMask) >= (uint)trie.Length) return $"unit {i} of its trie leads to unit {next | BlockMask}, and there are {trie.Length}";
            if ((unit & HasValue) == 0) continue;
            uint text = trie[(int)next] & ~IsValue;
            if (text > (uint)texts.Length || (text < texts.Length && (texts[(int)text] & 0xC0) == 0x80)) return $"unit {i} of its trie names a text at byte {text} of {texts.Length}";
        }

        return null;
    }
}
