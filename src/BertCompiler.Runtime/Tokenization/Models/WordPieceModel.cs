namespace BertCompiler.Tokenization;

/// <summary>
/// WordPiece: the longest piece of the vocabulary that begins the word, then the longest that continues it, and so on; a word that cannot
/// be cut to its end, or is too long, is one unknown token (Hugging Face tokenizers, models/wordpiece).
/// </summary>
/// <remarks>
/// Time for a word of n units is at most n · (longest piece): for each beginning of a piece the hashes of all candidates come from one
/// walk, and only the table is asked for each.
/// </remarks>
internal sealed class WordPieceModel(TokenizerSectionView section) : TokenModel
{
    private readonly int _maxWordLength = section.Header.MaxWordLength;
    private readonly int _longestPiece = section.Header.LongestPiece;
    private readonly int _unknown = Math.Max(section.Header.ModelUnknownId, 0);
    private readonly VocabularyTable _table = new(section);

    /// <inheritdoc/>
    public override void Encode(TokenizerScratch scratch, NormalizedText text, int start, int end, int word)
    {
        PieceList output = scratch.Pieces;
        ReadOnlySpan<char> characters = text.Characters;
        int before = output.Count;
        int at = start;
        bool known = !IsTooLong(characters[start..end]);
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

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= _maxWordLength) return false;
        int codePoints = 0;
        for (int i = 0; i < word.Length; codePoints++) i += UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(word, i));
        return codePoints > _maxWordLength;
    }

    private int Longest(ReadOnlySpan<char> rest, bool continuation, ref uint[] hashes, out int length)
    {
        int most = Math.Min(rest.Length, _longestPiece);
        if (hashes.Length <= most) hashes = new uint[most + 32];
        uint state = _table.Begin(continuation);
        for (int i = 0; i < most; i++)
        {
            state = VocabularyHash.Step(state, rest[i]);
            hashes[i] = state;
        }

        for (length = most; length > 0; length--)
        {
            int id = _table.Find(rest[..length], continuation, VocabularyHash.Finish(hashes[length - 1]));
            if (id >= 0) return id;
        }

        return -1;
    }
}
