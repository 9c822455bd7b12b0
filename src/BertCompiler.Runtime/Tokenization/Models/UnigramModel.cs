namespace BertCompiler.Tokenization;

/// <summary>
/// The segmentation of a word with the greatest sum of scores, in float64 and in the order of Hugging Face tokenizers (models/unigram,
/// encode_optimized), so that equal sums are decided alike. Neighbouring unknown characters are one token.
/// </summary>
internal sealed class UnigramModel : TokenModel
{
    private readonly TokenizerSectionView _section;
    private readonly VocabularyTable _table;
    private readonly ByteTokens? _bytes;
    private readonly int _unknown;
    private readonly double _unknownScore;

    public UnigramModel(TokenizerSectionView section)
    {
        _section = section;
        _table = new(section);
        _unknown = section.Header.ModelUnknownId;
        _unknownScore = section.Header.UnknownScore;
        if (_unknown < 0 || section.Scores.Length != section.IdCount || section.Pieces.Length == 0) TokenizerSectionView.Fail("its unigram model lacks a part");
        if ((section.Header.Options & TokenizerOptions.ByteFallback) != 0) _bytes = new(_table);
    }

    /// <inheritdoc/>
    public override void Encode(TokenizerScratch scratch, NormalizedText text, int start, int end, int word)
    {
        ReadOnlySpan<char> characters = text.Characters[start..end];
        UnigramPaths paths = scratch.Paths;
        paths.Begin(characters.Length);
        for (int at = 0; at < characters.Length;)
        {
            int next = at + UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(characters, at));
            if (!Walk(characters, at, next, paths)) paths.Offer(at, next, _unknown, _unknownScore);
            at = next;
        }

        paths.TurnRound(characters.Length);
        for (int at = 0; at < characters.Length;)
        {
            int id = paths.IdAt(at);
            int next = paths.NextOf(at);
            if (id != _unknown)
            {
                scratch.Pieces.Add(id, text.StartOf(start + at), text.EndOf(start + next - 1), word);
                at = next;
                continue;
            }

            while (next < characters.Length && paths.IdAt(next) == _unknown) next = paths.NextOf(next);
            AddUnknown(scratch, text, start + at, start + next, word);
            at = next;
        }
    }

    /// <summary>Offers all pieces that begin at <paramref name="at"/>; says whether one of them is the single character.</summary>
    private bool Walk(ReadOnlySpan<char> text, int at, int next, UnigramPaths paths)
    {
        ReadOnlySpan<double> scores = _section.Scores;
        bool single = false;
        int node = 0;
        for (int i = at; i < text.Length; i++)
        {
            node = TrieSearch.Child(_section.Pieces, node, text[i]);
            if (node < 0) break;
            int id = _section.Pieces[node].Token;
            if (id < 0) continue;
            if (id >= scores.Length) TokenizerSectionView.Fail($"a piece has the id {id}");
            paths.Offer(at, i + 1, id, scores[id]);
            single |= i + 1 == next;
        }

        return single;
    }

    private void AddUnknown(TokenizerScratch scratch, NormalizedText text, int start, int end, int word)
    {
        PieceList output = scratch.Pieces;
        ReadOnlySpan<char> characters = text.Characters[start..end];
        int id = _table.IdOf(characters);
        if (id < 0 && _bytes is not null)
        {
            Span<int> ids = scratch.Ids(characters.Length * 3);
            if (_bytes.TryGet(characters, ids, out int count))
            {
                foreach (int b in ids[..count]) output.Add(b, text.StartOf(start), text.EndOf(end - 1), word);
                return;
            }
        }

        // The text of an unknown token is what it stands for, as in the reference.
        if (id < 0 && output.Tracks) output.Texts.Add(new(output.Count, characters.ToString()));
        output.Add(id < 0 ? _unknown : id, text.StartOf(start), text.EndOf(end - 1), word);
    }
}
