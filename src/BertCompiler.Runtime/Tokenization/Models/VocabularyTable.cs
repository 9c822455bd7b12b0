using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>Finds texts in the packed hash table of the vocabulary.</summary>
internal readonly ref struct VocabularyTable
{
    /// <summary>No text lies further from the place that its hash names.</summary>
    public const int MostProbes = 64;

    private readonly TokenizerTables _tables;
    private readonly ReadOnlySpan<VocabularySlot> _slots;
    private readonly ulong _seed;
    private readonly int _longest;

    private VocabularyTable(TokenizerTables tables, ReadOnlySpan<VocabularySlot> slots, ulong seed)
    {
        _tables = tables;
        _slots = slots;
        _seed = seed;
        _longest = tables.Header.LongestPiece;
    }

    /// <summary>The table of all texts.</summary>
    public static VocabularyTable OfTexts(TokenizerTables tables) => new(tables, tables.Slots, tables.Header.HashSeed);

    /// <summary>The table of words: as text writes them, without the suffix that the vocabulary may write.</summary>
    public static VocabularyTable OfWords(TokenizerTables tables) => tables.Words.IsEmpty ? OfTexts(tables) : new(tables, tables.Words, tables.Header.WordSeed);

    /// <summary>Id of a text, or −1.</summary>
    public int IdOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return -1;
        uint entry = Find(text, 0, text.Length, out _);
        return entry == 0 ? -1 : IdOf(entry);
    }

    /// <summary>The id in an entry that is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IdOf(uint entry)
    {
        int id = (int)(entry & VocabularySlot.IdMask) - 1;
        if ((uint)id >= (uint)_tables.IdCount) _tables.FailId(id);
        return id;
    }

    /// <summary>The entry of a text, or 0.</summary>
    /// <param name="text">Holds the text.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its bytes, at least 1.</param>
    /// <param name="hash">Its hash; 0 where it is longer than all texts and <see cref="CachedWord.LongestWord"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(ReadOnlySpan<byte> text, int start, int length, out ulong hash)
    {
        if (length > VocabularySlot.InlineLength) return FindLong(text.Slice(start, length), out hash);
        ulong key = start + sizeof(ulong) <= text.Length
            ? MemoryMarshal.Read<ulong>(text[start..]) & (ulong.MaxValue >> (64 - (8 * length)))
            : VocabularyHash.KeyOf(text.Slice(start, length));
        hash = VocabularyHash.OfShort(key, length, _seed);
        uint tag = VocabularyHash.TagOf(hash, length);
        int mask = _slots.Length - 1;
        for (int probe = 0; probe < MostProbes; probe++)
        {
            ref readonly VocabularySlot slot = ref _slots[((int)hash + probe) & mask];
            if (slot.Key == key && slot.Tag == tag) return slot.Entry;
            if (slot.Entry == 0) return 0;
        }

        return 0;
    }

    private uint FindLong(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = 0;
        if (text.Length > Math.Max(_longest, CachedWord.LongestWord)) return 0;
        hash = VocabularyHash.OfLong(text, _seed);
        uint tag = VocabularyHash.TagOf(hash, text.Length);
        int mask = _slots.Length - 1;
        for (int probe = 0; probe < MostProbes; probe++)
        {
            ref readonly VocabularySlot slot = ref _slots[((int)hash + probe) & mask];
            if (slot.Entry == 0) return 0;
            if (slot.Tag == tag && (slot.Key ^ hash) >> 32 == 0 && Reads(slot, text)) return slot.Entry;
        }

        return 0;
    }

    private bool Reads(in VocabularySlot slot, ReadOnlySpan<byte> text)
    {
        // The tag gives the length exactly up to 254; a longer text that has a suffix is not found here.
        if (text.Length >= byte.MaxValue) return _tables.TextOf(IdOf(slot.Entry)).SequenceEqual(text);
        ReadOnlySpan<byte> texts = _tables.Texts;
        uint start = (uint)slot.Key;
        if (start > (uint)texts.Length || text.Length > texts.Length - (int)start) TokenizerTables.Fail("a text of its vocabulary lies outside");
        return texts.Slice((int)start, text.Length).SequenceEqual(text);
    }
}
