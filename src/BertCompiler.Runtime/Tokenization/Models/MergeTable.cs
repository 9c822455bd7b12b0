using System.Runtime.CompilerServices;

namespace BertCompiler.Tokenization;

/// <summary>Finds merges in their packed hash table.</summary>
internal readonly ref struct MergeTable(TokenizerTables tables)
{
    /// <summary>No merge lies further from the place that its hash names.</summary>
    public const int MostProbes = 64;

    private readonly ReadOnlySpan<MergeSlot> _slots = tables.Merges;
    private readonly ulong _seed = tables.Header.MergeSeed;
    private readonly TokenizerTables _tables = tables;

    /// <summary>Slots of the table: more than merges.</summary>
    public int Size => _slots.Length;

    /// <summary>The merge of a pair of ids.</summary>
    /// <param name="left">The left id.</param>
    /// <param name="right">The right id.</param>
    /// <param name="rank">Which merge it is, the least is done first; where the pair is not merged, the greatest int.</param>
    /// <returns>What the pair becomes, or −1 where it is not merged.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int left, int right, out int rank)
    {
        int mask = _slots.Length - 1;
        uint hash = MergeSlot.HashOf(_seed, left, right);
        for (int probe = 0; probe < MostProbes && mask >= 0; probe++)
        {
            ref readonly MergeSlot slot = ref _slots[((int)hash + probe) & mask];
            if (slot.Left == left && slot.Right == right && slot.Entry != 0)
            {
                rank = slot.Rank;
                int id = slot.Entry - 1;
                if ((uint)id >= (uint)_tables.IdCount) _tables.FailId(id);
                return id;
            }

            if (slot.Entry == 0) break;
        }

        rank = int.MaxValue;
        return -1;
    }
}
