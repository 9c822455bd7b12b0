using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Models;

/// <summary>Builds the open hash table of merges.</summary>
internal static class MergeTableBuilder
{
    private const int Seeds = 32;

    /// <summary>More steps than this are only ever needed by merges that were made to be slow.</summary>
    private const int MostProbes = 256;

    /// <summary>Builds the table with the first seed that keeps every search short; none for no merge.</summary>
    /// <exception cref="InvalidDataException">None does.</exception>
    public static (uint Seed, MergeSlot[] Slots) Build(IReadOnlyList<MergeRule> merges)
    {
        if (merges.Count == 0) return (0, []);
        int size = 16;
        while (size * 3L < merges.Count * 5L) size *= 2;
        for (uint s = 0; s < Seeds; s++)
        {
            uint seed = s * 0x9E3779B1;
            if (TryBuild(merges, seed, size) is { } slots) return (seed, slots);
        }

        throw new InvalidDataException("the merges collide in every hash that was tried");
    }

    private static MergeSlot[]? TryBuild(IReadOnlyList<MergeRule> merges, uint seed, int size)
    {
        var slots = new MergeSlot[size];
        foreach (MergeRule merge in merges)
        {
            uint hash = MergeSlot.HashOf(seed, merge.Left, merge.Right);
            int probe = 0;
            while (slots[((int)hash + probe) & (size - 1)].Entry != 0)
            {
                if (++probe == MostProbes) return null;
            }

            slots[((int)hash + probe) & (size - 1)] = new() { Left = merge.Left, Right = merge.Right, Rank = merge.Rank, Entry = merge.Result + 1 };
        }

        return slots;
    }
}
