using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>
/// Builds the vocabulary's open hash table: every text, and for WordPiece those that begin with the prefix once more, without it, as a
/// continuation.
/// </summary>
internal static class HashTableBuilder
{
    /// <summary>FNV-1a's usual start.</summary>
    private const uint FirstSeed = 2166136261;
    private const int Seeds = 32;

    /// <summary>More steps than this are only ever needed by a vocabulary that was made to be slow.</summary>
    private const int MostProbes = 256;

    /// <summary>Builds the table with the first seed that keeps every search short.</summary>
    /// <exception cref="InvalidDataException">None does: the vocabulary was made so that its hashes collide.</exception>
    public static (uint Seed, VocabularySlot[] Slots) Build(IReadOnlyList<VocabularyPiece> pieces, string? prefix)
    {
        int entries = pieces.Count + pieces.Count(p => IsContinuation(p.Text, prefix));
        int size = 16;
        while (size * 3L < entries * 5L) size *= 2;
        for (uint s = 0; s < Seeds; s++)
        {
            uint seed = FirstSeed + (s * 0x9E3779B1);
            if (TryBuild(pieces, prefix, seed, size) is { } slots) return (seed, slots);
        }

        throw new InvalidDataException("the vocabulary's texts collide in every hash that was tried");
    }

    private static bool IsContinuation(string text, string? prefix) => prefix is not null && text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal);

    private static VocabularySlot[]? TryBuild(IReadOnlyList<VocabularyPiece> pieces, string? prefix, uint seed, int size)
    {
        var slots = new VocabularySlot[size];
        foreach ((string text, int id) in pieces)
        {
            if (text.Length == 0) continue;
            if (!TryInsert(slots, text, (uint)id + 1, VocabularyHash.Start(seed, continuation: false))) return null;
            if (!IsContinuation(text, prefix)) continue;
            uint entry = ((uint)id + 1) | VocabularySlot.Continuation;
            if (!TryInsert(slots, text.AsSpan(prefix!.Length), entry, VocabularyHash.Start(seed, continuation: true))) return null;
        }

        return slots;
    }

    private static bool TryInsert(VocabularySlot[] slots, ReadOnlySpan<char> text, uint entry, uint state)
    {
        foreach (char c in text) state = VocabularyHash.Step(state, c);
        uint hash = VocabularyHash.Finish(state);
        for (int probe = 0; probe < MostProbes; probe++)
        {
            ref VocabularySlot slot = ref slots[((int)hash + probe) & (slots.Length - 1)];
            if (slot.Entry != 0) continue;
            slot = new() { Hash = hash, Entry = entry };
            return true;
        }

        return false;
    }
}
