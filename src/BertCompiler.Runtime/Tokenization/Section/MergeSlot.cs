using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>One slot of the open hash table of merges: the pair (<see cref="Left"/>, <see cref="Right"/>) becomes one piece.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct MergeSlot
{
    public int Left;
    public int Right;

    /// <summary>Place in the list of merges; the least is done first.</summary>
    public int Rank;

    /// <summary>0: empty; else the id of what the pair becomes + 1.</summary>
    public int Entry;

    /// <summary>Where a search for a pair begins.</summary>
    public static uint HashOf(ulong seed, int left, int right)
    {
        ulong key = ((ulong)(uint)left << 32 | (uint)right) ^ seed;
        ulong high = Math.BigMul(key, VocabularyHash.Factor, out ulong low);
        return (uint)((high ^ low) >> 32);
    }
}
