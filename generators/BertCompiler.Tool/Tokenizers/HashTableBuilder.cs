using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Builds the vocabulary's open hash table.</summary>
internal static class HashTableBuilder
{
    private const int Seeds = 32;

    /// <summary>Builds the table of all texts.</summary>
    /// <param name="pieces">The vocabulary; an empty text is never found.</param>
    /// <param name="texts">Where the texts lie.</param>
    /// <exception cref="InvalidDataException">The vocabulary was made so that its hashes collide.</exception>
    public static (ulong Seed, VocabularySlot[] Slots) Build(IReadOnlyList<VocabularyPiece> pieces, PackedTexts texts) => Build(pieces, texts, suffix: []);

    /// <summary>Builds the table of words, where the vocabulary writes a suffix behind those: the texts that have it, without it. Else none.</summary>
    /// <exception cref="InvalidDataException">The vocabulary was made so that its hashes collide.</exception>
    public static (ulong Seed, VocabularySlot[] Slots) BuildWords(TokenizerDescription tokenizer, PackedTexts texts)
        => tokenizer.Suffix.Length == 0 ? (0, []) : Build(tokenizer.Pieces, texts, PackedTexts.ToUtf8(tokenizer.Suffix));

    private static (ulong Seed, VocabularySlot[] Slots) Build(IReadOnlyList<VocabularyPiece> pieces, PackedTexts texts, ReadOnlySpan<byte> suffix)
    {
        int size = 16;
        while (size < pieces.Count * 2L) size *= 2;
        for (ulong s = 1; s <= Seeds; s++)
        {
            ulong seed = s * VocabularyHash.Factor;
            if (TryBuild(pieces, texts, suffix, seed, size) is { } slots) return (seed, slots);
        }

        throw new InvalidDataException("the vocabulary's texts collide in every hash that was tried");
    }

    private static VocabularySlot[]? TryBuild(IReadOnlyList<VocabularyPiece> pieces, PackedTexts texts, ReadOnlySpan<byte> suffix, ulong seed, int size)
    {
        var slots = new VocabularySlot[size];
        foreach (VocabularyPiece piece in pieces)
        {
            ReadOnlySpan<byte> text = texts.TextOf(piece.Id);
            if (text.Length <= suffix.Length || !text.EndsWith(suffix)) continue;
            if (!TryInsert(slots, text[..^suffix.Length], texts.StartOf(piece.Id), (uint)piece.Id + 1, seed)) return null;
        }

        return slots;
    }

    private static bool TryInsert(VocabularySlot[] slots, ReadOnlySpan<byte> text, uint start, uint entry, ulong seed)
    {
        ulong key = VocabularyHash.KeyOf(text);
        bool isShort = text.Length <= VocabularySlot.InlineLength;
        ulong hash = isShort ? VocabularyHash.OfShort(key, text.Length, seed) : VocabularyHash.OfLong(text, seed);
        for (int probe = 0; probe < VocabularyTable.MostProbes; probe++)
        {
            ref VocabularySlot slot = ref slots[((int)hash + probe) & (slots.Length - 1)];
            if (slot.Entry != 0) continue;
            slot = new() { Key = isShort ? key : start | (hash >> 32 << 32), Tag = VocabularyHash.TagOf(hash, text.Length), Entry = entry };
            return true;
        }

        return false;
    }
}
