using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>Builds the open hash table of merges.</summary>
internal static class MergeTableBuilder
{
    private const int Seeds = 32;

    /// <summary>Builds the table with the first seed that keeps every search short; none for no merge.</summary>
    /// <exception cref="InvalidDataException">No seed does.</exception>
    public static (ulong Seed, MergeSlot[] Slots) Build(IReadOnlyList<MergeRule> merges)
    {
        if (merges.Count == 0) return (0, []);
        int size = 16;
        while (size < merges.Count * 2L) size *= 2;
        for (ulong s = 1; s <= Seeds; s++)
        {
            ulong seed = s * VocabularyHash.Factor;
            if (TryBuild(merges, seed, size) is { } slots) return (seed, slots);
        }

        throw new InvalidDataException("the merges collide in every hash that was tried");
    }

    private static MergeSlot[]? TryBuild(IReadOnlyList<MergeRule> merges, ulong seed, int size)
    {
        var slots = new MergeSlot[size];
        foreach (MergeRule merge in merges)
        {
            uint hash = MergeSlot.HashOf(seed, merge.Left, merge.Right);
            int probe = 0;
            while (slots[((int)hash + probe) & (size - 1)].Entry != 0)
            {
                if (++probe == MergeTable.MostProbes) return null;
            }

            slots[((int)hash + probe) & (size - 1)] = new() { Left = merge.Left, Right = merge.Right, Rank = merge.Rank, Entry = merge.Result + 1 };
        }

        return slots;
    }
}
