namespace BertCompiler.Tokenization;

/// <summary>
/// From a text to pieces: added tokens are found in the raw text, the rest is normalised, added tokens are found in that, the rest is split
/// into words and punctuation, and each word into pieces of the vocabulary.
/// </summary>
internal sealed class TextPipeline
{
    private const int ChunkLength = 2048;
    private const int AsciiCount = 128;

    private readonly TokenizerSectionView _section;
    private readonly BertNormalizer _normalizer;
    private readonly WordPieceModel _model;
    private readonly AddedTokenMatcher _rawTokens;
    private readonly AddedTokenMatcher _normalizedTokens;

    public TextPipeline(TokenizerSectionView section)
    {
        _section = section;
        _normalizer = new(section.Header.Options);
        _model = new(section);
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
            // An added token may hold a space, so the text in which such are looked for is normalised in one go.
            int end = _normalizedTokens.IsEmpty ? ChunkEnd(text, from, to) : to;
            scratch.Normalized.Reset(scratch.Pieces.Tracks);
            _normalizer.Normalize(text, from, end, scratch.Normalized, scratch.Marks);
            if (_normalizedTokens.IsEmpty) SplitWords(0, scratch.Normalized.Length, limit, ref word, scratch);
            else FindNormalized(limit, ref word, scratch);
            from = end;
        }
    }

    /// <summary>
    /// Where normalising may pause: behind a space or line feed, since nothing reaches over it. Where none is near, as far as it takes.
    /// </summary>
    private static int ChunkEnd(ReadOnlySpan<char> text, int from, int to)
    {
        if (to - from <= ChunkLength) return to;
        int last = text.Slice(from, ChunkLength).LastIndexOfAny(' ', '\n');
        if (last >= 0) return from + last + 1;
        int next = text[(from + ChunkLength)..to].IndexOfAny(' ', '\n');
        return next < 0 ? to : from + ChunkLength + next + 1;
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
                SplitWords(part.Start, part.End, limit, ref word, scratch);
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

    /// <summary>BERT's pre-tokenizer: white space ends a word and is dropped, each punctuation character is a word.</summary>
    private void SplitWords(int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        ReadOnlySpan<char> text = scratch.Normalized.Characters;
        int start = from;
        int codePoints = 0;
        for (int i = from; i < to;)
        {
            int units = 1;
            CodePointFlags flags;
            if (text[i] < AsciiCount) flags = UnicodeTables.FlagsOf(text[i]);
            else
            {
                int codePoint = UnicodeTables.CodePointAt(text, i);
                units = UnicodeTables.UnitsOf(codePoint);
                flags = UnicodeTables.FlagsOf(codePoint);
            }

            if ((flags & (CodePointFlags.WhiteSpace | CodePointFlags.Punctuation)) == 0)
            {
                codePoints++;
                i += units;
                continue;
            }

            if (codePoints > 0) _model.Encode(scratch, start, i, codePoints, word++);
            if ((flags & CodePointFlags.Punctuation) != 0) _model.Encode(scratch, i, i + units, 1, word++);
            if (scratch.Pieces.Count > limit) return;
            i += units;
            start = i;
            codePoints = 0;
        }

        if (codePoints > 0) _model.Encode(scratch, start, to, codePoints, word++);
    }
}
