using System.Buffers;
using System.Buffers.Binary;

namespace BertCompiler.Tokenization;

/// <summary>
/// SentencePiece's precompiled map of characters (google/sentencepiece, src/normalizer.cc, DecodePrecompiledCharsMap), used where it lies
/// in the packed tables: u32 bytes of the trie; the trie, a double array of u32 (darts-clone); texts that end with NUL, to which its
/// values point.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CharacterMap
{
    private const int AsciiCount = 128;
    private const int FirstLead = 0xC0;
    private const int FirstOfThree = 0xE0;
    private const int PairCount = 64;
    private const uint HasValue = 0x100;
    private const uint LabelMask = 0x8000_00FF;
    private const uint ValueMask = 0x7FFF_FFFF;

    private readonly TokenizerTables _tables;
    private readonly int _index;
    private readonly int _trieBytes;
    private readonly SearchValues<byte> _staying;

    /// <summary>Of code points below U+0800, which stay; filled for one first byte at a time, when it is met.</summary>
    private readonly ulong[] _stayingPairs = new ulong[FirstOfThree - FirstLead];
    private uint _knownPairs;

    /// <summary>Takes a map of the packed tables.</summary>
    /// <param name="tables">The packed tables.</param>
    /// <param name="index">Which of their maps, from 0.</param>
    /// <exception cref="InvalidDataException">There is no such map, or it is cut off.</exception>
    public CharacterMap(TokenizerTables tables, int index)
    {
        ArgumentNullException.ThrowIfNull(tables);
        (_tables, _index) = (tables, index);
        ReadOnlySpan<byte> blob = tables.CharacterMap(index);
        uint bytes = blob.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(blob);
        if (bytes < sizeof(uint) || bytes % sizeof(uint) != 0 || bytes > blob.Length - sizeof(uint)) TokenizerTables.Fail("its character map is cut off");
        _trieBytes = (int)bytes;
        _staying = SearchValues.Create(FindStaying(stackalloc byte[byte.MaxValue + 1]));
    }

    /// <summary>What <see cref="TryFind"/> looks in.</summary>
    internal ReadOnlySpan<byte> Trie => _tables.CharacterMap(_index).Slice(sizeof(uint), _trieBytes);

    /// <summary>
    /// The ASCII characters that alone stay as they are, without the carriage return, which a line feed may follow; and all bytes of longer
    /// code points with whose first byte no key begins and nothing that joins its neighbours.
    /// </summary>
    internal SearchValues<byte> Staying => _staying;

    /// <summary>Whether the code point of two bytes stays as it is when it stands alone.</summary>
    internal bool PairStays(byte first, byte second)
    {
        int row = first - FirstLead;
        if ((Volatile.Read(ref _knownPairs) >> row & 1) == 0) FindPairs(row);
        return (_stayingPairs[row] >> (second & (PairCount - 1)) & 1) != 0;
    }

    /// <summary>Finds the shortest key that begins <paramref name="key"/>.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> trie, ReadOnlySpan<byte> key, out int result)
    {
        uint node = OffsetOf(Unit(trie, 0));
        result = 0;
        foreach (byte b in key)
        {
            if (b == 0) return false;
            node ^= b;
            uint unit = Unit(trie, node);
            if ((unit & LabelMask) != b) return false;
            node ^= OffsetOf(unit);
            if ((unit & HasValue) == 0) continue;
            result = (int)(Unit(trie, node) & ValueMask);
            return true;
        }

        return false;
    }

    /// <summary>The text that a found value stands for.</summary>
    internal ReadOnlySpan<byte> TextAt(int result)
    {
        ReadOnlySpan<byte> text = _tables.CharacterMap(_index)[(sizeof(uint) + _trieBytes)..];
        if ((uint)result > (uint)text.Length) TokenizerTables.Fail("a result of its character map lies outside");
        text = text[result..];
        int end = text.IndexOf((byte)0);
        return end >= 0 ? text[..end] : text;
    }

    private ReadOnlySpan<byte> FindStaying(Span<byte> staying)
    {
        ReadOnlySpan<byte> trie = Trie;
        int count = 0;
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            bool stays = value < AsciiCount ? value != '\r' && !TryFind(trie, [(byte)value], out _)
                : value < FirstLead || (!GraphemeClusters.IsJoiningLead((byte)value) && (Unit(trie, OffsetOf(Unit(trie, 0)) ^ (uint)value) & LabelMask) != value);
            if (stays) staying[count++] = (byte)value;
        }

        return staying[..count];
    }

    private void FindPairs(int row)
    {
        ulong pairs = 0;
        for (int i = 0; i < PairCount; i++)
        {
            if (!TryFind(Trie, [(byte)(FirstLead + row), (byte)(AsciiCount + i)], out _)) pairs |= 1UL << i;
        }

        _stayingPairs[row] = pairs;
        Interlocked.Or(ref _knownPairs, 1U << row);
    }

    private static uint OffsetOf(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);

    private static uint Unit(ReadOnlySpan<byte> trie, uint index)
    {
        if (index >= (uint)trie.Length / sizeof(uint)) TokenizerTables.Fail("its character map points outside");
        return BinaryPrimitives.ReadUInt32LittleEndian(trie[((int)index * sizeof(uint))..]);
    }
}
