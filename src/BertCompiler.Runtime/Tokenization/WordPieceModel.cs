namespace BertCompiler.Tokenization;

/// <summary>
/// WordPiece: the longest piece of the vocabulary that begins the word, then the longest that continues it, and so on; a word that cannot
/// be cut to its end, or is too long, is one unknown token (Hugging Face tokenizers, models/wordpiece).
/// </summary>
/// <remarks>
/// Time for a word of n units is at most n · (longest piece): for each beginning of a piece the hashes of all candidates come from one
/// walk, and only the table is asked for each.
/// </remarks>
internal sealed class WordPieceModel(TokenizerSectionView section)
{
    private readonly int _maxWordLength = section.Header.MaxWordLength;
    private readonly int _longestPiece = section.Header.LongestPiece;
    private readonly int _unknown = section.Header.UnknownId;
    private readonly int _prefixLength = section.Prefix.Length;
    private readonly uint _first = VocabularyHash.Start(section.Header.HashSeed, continuation: false);
    private readonly uint _continuation = VocabularyHash.Start(section.Header.HashSeed, continuation: true);

    /// <summary>Appends the pieces of the word that lies at units start … end−1 of the normalised text.</summary>
    /// <param name="scratch">Holds the normalised text and takes the pieces.</param>
    /// <param name="start">First unit of the word.</param>
    /// <param name="end">One behind its last unit.</param>
    /// <param name="codePoints">Length of the word in code points.</param>
    /// <param name="word">Number of the word in the text.</param>
    public void Encode(TokenizerScratch scratch, int start, int end, int codePoints, int word)
    {
        NormalizedText text = scratch.Normalized;
        PieceList output = scratch.Pieces;
        ReadOnlySpan<char> characters = text.Characters;
        int before = output.Count;
        int at = start;
        bool known = codePoints <= _maxWordLength;
        while (known && at < end)
        {
            int id = Longest(characters[at..end], continuation: at > start, ref scratch.Hashes, out int length);
            known = id >= 0;
            if (!known) break;
            output.Add(id, text.StartOf(at), text.EndOf(at + length - 1), word);
            at += length;
        }

        if (known) return;
        output.CutBack(before);
        output.Add(_unknown, text.StartOf(start), text.EndOf(end - 1), word);
    }

    private int Longest(ReadOnlySpan<char> rest, bool continuation, ref uint[] hashes, out int length)
    {
        int most = Math.Min(rest.Length, _longestPiece);
        if (hashes.Length <= most) hashes = new uint[most + 32];
        uint state = continuation ? _continuation : _first;
        for (int i = 0; i < most; i++)
        {
            state = VocabularyHash.Step(state, rest[i]);
            hashes[i] = state;
        }

        for (length = most; length > 0; length--)
        {
            int id = Find(rest[..length], continuation, VocabularyHash.Finish(hashes[length - 1]));
            if (id >= 0) return id;
        }

        return -1;
    }

    private int Find(ReadOnlySpan<char> piece, bool continuation, uint hash)
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
