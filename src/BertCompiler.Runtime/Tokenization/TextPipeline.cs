namespace BertCompiler.Tokenization;

/// <summary>
/// From a text to pieces: added tokens are found in the raw text, the rest is normalised, added tokens are found in that, the rest is split
/// into words, and each word into pieces of the vocabulary.
/// </summary>
internal sealed class TextPipeline
{
    private const int ChunkLength = 2048;

    private readonly TokenizerSectionView _section;
    private readonly NormalizerChain _normalizer;
    private readonly IWordSplitter _splitter;
    private readonly bool _isBert;
    private readonly bool _mayPause;
    private readonly AddedTokenMatcher _rawTokens;
    private readonly AddedTokenMatcher _normalizedTokens;

    public TextPipeline(TokenizerSectionView section)
    {
        _section = section;
        _normalizer = new(section);
        TokenModel model = TokenModel.Create(section);
        bool bert = section.PreTokenizers is [{ Kind: (int)PreTokenizerKind.Bert }];
        _splitter = bert ? new BertWordSplitter(model) : new PreTokenizerChain(section, model);
        _isBert = bert && _normalizer.IsBert;
        _mayPause = (section.Header.Options & TokenizerOptions.MayPause) != 0;
        _rawTokens = new(section, normalized: false);
        _normalizedTokens = new(section, normalized: true);
    }

    /// <summary>Tokenizes <paramref name="text"/> into <see cref="TokenizerScratch.Pieces"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Stop soon after there are more pieces than this.</param>
    /// <param name="tracks">Whether places and words are wanted.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    public void Run(ReadOnlySpan<char> text, int limit, bool tracks, TokenizerScratch scratch)
    {
        scratch.Pieces.Reset(tracks);
        int word = 0;
        var parts = new AddedTokenSplitter(_rawTokens, _section, text);
        while (scratch.Pieces.Count <= limit && parts.MoveNext())
        {
            AddedTokenMatch part = parts.Current;
            if (part.Token < 0) Normalize(text, part.Start, part.End, limit, ref word, scratch);
            else AddToken(part.Token, text[part.Start..part.End], part.Start, part.End, ref word, scratch.Pieces);
        }
    }

    private void Normalize(ReadOnlySpan<char> text, int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        while (from < to && scratch.Pieces.Count <= limit)
        {
            int end = ChunkEnd(text, from, to, scratch.Pieces.Tracks);
            _normalizer.Normalize(text, from, end, scratch.Pieces.Tracks || _splitter.NeedsPlaces, scratch);
            if (_normalizedTokens.IsEmpty) _splitter.Encode(0, scratch.Normalized.Length, limit, ref word, scratch);
            else FindNormalized(limit, ref word, scratch);
            from = end;
        }
    }

    /// <summary>
    /// Where normalising may pause. With BERT's normaliser and splitting that is behind a space or line feed, since nothing reaches over it,
    /// unless added tokens are looked for in the normalised text, which may hold a space.
    /// </summary>
    private int ChunkEnd(ReadOnlySpan<char> text, int from, int to, bool tracks)
    {
        if (to - from <= ChunkLength) return to;
        if (!_isBert || !_normalizedTokens.IsEmpty) return _mayPause && !tracks ? PauseBetweenWords(text, from, to) : to;
        int last = text.Slice(from, ChunkLength).LastIndexOfAny(' ', '\n');
        if (last >= 0) return from + last + 1;
        int next = text[(from + ChunkLength)..to].IndexOfAny(' ', '\n');
        return next < 0 ? to : from + ChunkLength + next + 1;
    }

    /// <summary>See <see cref="TokenizerOptions.MayPause"/>.</summary>
    private static int PauseBetweenWords(ReadOnlySpan<char> text, int from, int to)
    {
        for (int at = from + ChunkLength; at + 1 < to; at++)
        {
            int next = text[at..(to - 1)].IndexOf(' ');
            if (next < 0) break;
            at += next;
            if (char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1])) return at;
        }

        return to;
    }

    private void FindNormalized(int limit, ref int word, TokenizerScratch scratch)
    {
        NormalizedText normalized = scratch.Normalized;
        var parts = new AddedTokenSplitter(_normalizedTokens, _section, normalized.Characters);
        while (scratch.Pieces.Count <= limit && parts.MoveNext())
        {
            AddedTokenMatch part = parts.Current;
            if (part.Token < 0)
            {
                _splitter.Encode(part.Start, part.End, limit, ref word, scratch);
                continue;
            }

            ReadOnlySpan<char> text = normalized.Characters[part.Start..part.End];
            AddToken(part.Token, text, normalized.StartOf(part.Start), normalized.EndOf(part.End - 1), ref word, scratch.Pieces);
        }
    }

    private void AddToken(int token, ReadOnlySpan<char> text, int start, int end, ref int word, PieceList pieces)
    {
        int id = _section.AddedTokens[token].Id;
        if (pieces.Tracks && !text.SequenceEqual(_section.TextOf(id))) pieces.Texts.Add(new(pieces.Count, text.ToString()));
        pieces.Add(id, start, end, word++);
    }
}
