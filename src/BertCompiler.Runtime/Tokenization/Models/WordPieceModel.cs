namespace BertCompiler.Tokenization;

/// <summary>
/// WordPiece: the longest piece of the vocabulary that begins the word, then the longest that continues it, and so on; a word that cannot
/// be cut to its end, or is too long, is one unknown token (Hugging Face tokenizers, models/wordpiece).
/// </summary>
/// <param name="tables">The packed tables.</param>
/// <remarks>Each piece is found by one walk through a trie, so a word of n bytes takes at most n · (longest piece) steps.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WordPieceModel(TokenizerTables tables) : TokenModel(tables)
{
    private readonly int _maxWordLength = tables.Header.MaxWordLength;
    private readonly int _unknown = Math.Max(tables.Header.ModelUnknownId, 0);

    /// <inheritdoc/>
    private protected override void Cut(NormalizedText text, int start, int end, int word, TokenizerScratch scratch)
    {
        PieceList output = scratch.Pieces;
        int before = output.Count;
        ReadOnlySpan<byte> bytes = text.Bytes[..end];
        if (!IsTooLong(bytes[start..]))
        {
            var trie = new PieceTrie(Tables);
            uint root = trie.Begin;
            for (int at = start; at < end; root = trie.Continuation)
            {
                int id = trie.Longest(bytes, at, root, out int next);
                if (id < 0) break;
                if (id >= Tables.IdCount) Tables.FailId(id);
                output.Add(id, text.StartOf(at), text.EndOf(next - 1), word);
                if (next == end) return;
                at = next;
            }

            output.CutBack(before);
        }

        output.Add(_unknown, text.StartOf(start), text.EndOf(end - 1), word);
    }

    private bool IsTooLong(ReadOnlySpan<byte> word) => word.Length > _maxWordLength && Utf8Text.CountOf(word) > _maxWordLength;
}
