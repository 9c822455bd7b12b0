namespace BertCompiler.Tokenization;

/// <summary>Finds ids in the packed hash table of the vocabulary.</summary>
internal sealed class VocabularyTable(TokenizerSectionView section)
{
    private readonly int _prefixLength = section.Prefix.Length;

    /// <summary>State of the hash before the first unit.</summary>
    public uint Begin(bool continuation) => VocabularyHash.Start(section.Header.HashSeed, continuation);

    /// <summary>Id of a token, or −1.</summary>
    public int IdOf(ReadOnlySpan<char> text)
    {
        if (text.Length > section.Header.LongestPiece) return -1;
        uint state = Begin(continuation: false);
        foreach (char c in text) state = VocabularyHash.Step(state, c);
        return Find(text, continuation: false, VocabularyHash.Finish(state));
    }

    /// <summary>Id of the piece with that hash, or −1. A piece that continues a word is looked for without the prefix.</summary>
    public int Find(ReadOnlySpan<char> piece, bool continuation, uint hash)
    {
        ReadOnlySpan<VocabularySlot> slots = section.Slots;
        int mask = slots.Length - 1;
        for (int probe = 0; probe <= mask; probe++)
        {
            VocabularySlot slot = slots[((int)hash + probe) & mask];
            if (slot.Entry == 0) return -1;
            if (slot.Hash != hash || (slot.Entry & VocabularySlot.Continuation) != 0 != continuation) continue;
            int id = (int)(slot.Entry & ~VocabularySlot.Continuation) - 1;
            ReadOnlySpan<char> text = section.TextOf(id);
            if (continuation)
            {
                if (text.Length < _prefixLength) TokenizerSectionView.Fail($"the piece of id {id} has no prefix");
                text = text[_prefixLength..];
            }

            if (text.SequenceEqual(piece)) return id;
        }

        return -1;
    }
}
