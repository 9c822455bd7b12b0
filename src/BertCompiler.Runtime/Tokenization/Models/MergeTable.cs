namespace BertCompiler.Tokenization;

/// <summary>Finds merges in their packed hash table.</summary>
internal sealed class MergeTable(TokenizerSectionView section)
{
    private readonly uint _seed = section.Header.MergeSeed;

    /// <summary>The merge of a pair of ids.</summary>
    /// <param name="left">The left id.</param>
    /// <param name="right">The right id.</param>
    /// <param name="rank">Which merge it is; the least is done first.</param>
    /// <returns>What the pair becomes, or −1 where it is not merged.</returns>
    public int Find(int left, int right, out int rank)
    {
        ReadOnlySpan<MergeSlot> slots = section.Merges;
        int mask = slots.Length - 1;
        uint hash = MergeSlot.HashOf(_seed, left, right);
        for (int probe = 0; probe <= mask; probe++)
        {
            ref readonly MergeSlot slot = ref slots[((int)hash + probe) & mask];
            if (slot.Entry == 0) break;
            if (slot.Left != left || slot.Right != right) continue;
            rank = slot.Rank;
            int id = slot.Entry - 1;
            if ((uint)id >= (uint)section.IdCount) TokenizerSectionView.Fail($"a merge gives the id {id}");
            return id;
        }

        rank = int.MaxValue;
        return -1;
    }
}
