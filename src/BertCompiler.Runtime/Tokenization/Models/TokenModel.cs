namespace BertCompiler.Tokenization;

/// <summary>Cuts words into pieces of the vocabulary.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TokenModel
{
    private static int _models;

    /// <summary>Tells words of this model from those of others in <see cref="TokenizerScratch.Words"/>; never 0.</summary>
    private readonly int _number = Interlocked.Increment(ref _models);

    private protected TokenModel(TokenizerTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Tables = tables;
    }

    private protected TokenizerTables Tables { get; }

    /// <summary>
    /// Appends the pieces of all words of a text to <see cref="TokenizerScratch.Pieces"/>, and counts the words. It stops soon after there
    /// are more pieces than <paramref name="limit"/>.
    /// </summary>
    /// <remarks>
    /// Most words are one token. Which texts are, as words, was found out with <see cref="Cut"/> when the tables were packed, so here one
    /// look into the vocabulary is enough for them (<see cref="VocabularySlot.Whole"/>).
    /// </remarks>
    /// <param name="words">The words, none empty: bytes StartOf(i) … EndOf(i)−1 of <see cref="SplitText.Text"/>.</param>
    /// <param name="limit">See above.</param>
    /// <param name="word">Number of the first word, afterwards that of the next one.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    internal void Encode(SplitText words, int limit, ref int word, TokenizerScratch scratch)
    {
        PieceList pieces = scratch.Pieces;
        int done = 0;
        while (done < words.Pieces.Count && pieces.Count <= limit)
        {
            // A word is a piece at least, so these do not go far beyond the limit.
            int next = (int)Math.Min(words.Pieces.Count, (long)done + limit - pieces.Count + 1);
            if (pieces.Tracks) EncodePlaces(words, done, next, limit, ref word, scratch);
            else EncodeIds(words, done, next, limit, scratch);
            done = next;
        }

        if (!pieces.Tracks) word += done;
    }

    /// <summary>Appends the pieces of one word; nothing is known about it.</summary>
    /// <param name="text">Holds the word.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">One behind its last byte.</param>
    /// <param name="word">Its number.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    private protected abstract void Cut(NormalizedText text, int start, int end, int word, TokenizerScratch scratch);

    private void EncodeIds(SplitText words, int from, int to, int limit, TokenizerScratch scratch)
    {
        NormalizedText normalized = words.Text;
        ReadOnlySpan<byte> text = normalized.Bytes;
        ReadOnlySpan<int> starts = words.Pieces.Starts[from..to];
        ReadOnlySpan<int> ends = words.Pieces.Ends[from..to];
        var vocabulary = VocabularyTable.OfWords(Tables);
        PieceList pieces = scratch.Pieces;
        Span<int> room = pieces.Room(starts.Length);
        int count = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int start = starts[i];
            uint entry = vocabulary.Find(text, start, ends[i] - start, out ulong hash);
            if ((entry & VocabularySlot.Whole) != 0)
            {
                room[count++] = vocabulary.IdOf(entry);
                continue;
            }

            pieces.Advance(count);
            CutOrRecall(normalized, start, ends[i], hash, scratch);
            if (pieces.Count > limit) return;
            room = pieces.Room(starts.Length - i - 1);
            count = 0;
        }

        pieces.Advance(count);
    }

    /// <summary>Cuts a word, unless this thread remembers how it was cut.</summary>
    private void CutOrRecall(NormalizedText text, int start, int end, ulong hash, TokenizerScratch scratch)
    {
        if (end - start > CachedWord.LongestWord)
        {
            Cut(text, start, end, 0, scratch);
            return;
        }

        PieceList pieces = scratch.Pieces;
        ReadOnlySpan<byte> letters = text.Bytes[start..end];
        CachedWord[] words = scratch.Words;
        ref CachedWord word = ref words[(int)(hash >> 32) & (words.Length - 1)];
        ReadOnlySpan<int> known = word.Find(_number, letters);
        if (!known.IsEmpty)
        {
            known.CopyTo(pieces.Room(known.Length));
            pieces.Advance(known.Length);
            return;
        }

        int before = pieces.Count;
        Cut(text, start, end, 0, scratch);
        ReadOnlySpan<int> ids = pieces.Ids[before..];
        if (ids.Length is > 0 and <= CachedWord.MostPieces) word.Set(_number, letters, ids);
    }

    private void EncodePlaces(SplitText words, int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        NormalizedText normalized = words.Text;
        ReadOnlySpan<byte> text = normalized.Bytes;
        var vocabulary = VocabularyTable.OfWords(Tables);
        PieceList pieces = scratch.Pieces;
        for (int i = from; i < to && pieces.Count <= limit; i++)
        {
            if (i % TokenizerScratch.PiecesBetweenLooks == 0) scratch.Cancellation.ThrowIfCancellationRequested();
            int start = words.Pieces.StartOf(i);
            int end = words.Pieces.EndOf(i);
            uint entry = vocabulary.Find(text, start, end - start, out _);
            if ((entry & VocabularySlot.Whole) == 0) Cut(normalized, start, end, word++, scratch);
            else pieces.Add(vocabulary.IdOf(entry), normalized.StartOf(start), normalized.EndOf(end - 1), word++);
        }
    }
}
