namespace BertCompiler.Tokenization;

/// <summary>
/// Runs a pipeline over a text: added tokens are found in the raw text, the rest is normalised, added tokens are found in that, the rest is
/// split into words, and each word into pieces of the vocabulary. Long texts go through in parts, where the pipeline allows it.
/// </summary>
/// <typeparam name="TUnit">One unit of the text.</typeparam>
/// <typeparam name="TUnits">How the text is written.</typeparam>
internal sealed class TextRunner<TUnit, TUnits>
    where TUnit : unmanaged, IEquatable<TUnit>
    where TUnits : struct, ITextUnits<TUnit>
{
    /// <summary>Units of a part: its text, places and words stay in the first cache.</summary>
    private const int PartLength = 2048;

    private readonly TokenizerPipeline _pipeline;
    private readonly TokenizerTables _tables;
    private readonly AddedTokenMatcher<TUnit, TUnits> _rawTokens;
    private readonly AddedTokenMatcher<byte, Utf8Units> _normalizedTokens;
    private readonly TextPause _pause;

    public TextRunner(TokenizerPipeline pipeline)
    {
        _pipeline = pipeline;
        _tables = pipeline.Tables;
        _rawTokens = new(_tables, normalized: false);
        _normalizedTokens = new(_tables, normalized: true);

        // A token that is looked for in normalised text may hold a space.
        _pause = pipeline.Pause == TextPause.BehindSpace && !_normalizedTokens.IsEmpty ? TextPause.Nowhere : pipeline.Pause;
    }

    /// <summary>Tokenizes <paramref name="text"/> into <see cref="TokenizerScratch.Pieces"/>, which the caller has reset.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Stop soon after there are more pieces than this.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    public void Run(ReadOnlySpan<TUnit> text, int limit, TokenizerScratch scratch)
    {
        int word = 0;
        var parts = new AddedTokenSplitter<TUnit, TUnits>(_rawTokens, _tables, text);
        while (scratch.Pieces.Count <= limit && parts.MoveNext())
        {
            AddedTokenMatch part = parts.Current;
            if (part.Token < 0) Encode(text, part.Start, part.End, limit, ref word, scratch);
            else AddToken(part, text[part.Start..part.End], ref word, scratch.Pieces);
        }
    }

    /// <summary>Counts the pieces of a text; those of a part are forgotten before the next one.</summary>
    public long Count(ReadOnlySpan<TUnit> text, TokenizerScratch scratch)
    {
        long count = 0;
        int word = 0;
        var parts = new AddedTokenSplitter<TUnit, TUnits>(_rawTokens, _tables, text);
        while (parts.MoveNext())
        {
            AddedTokenMatch part = parts.Current;
            if (part.Token >= 0) count++;
            for (int from = part.Start; part.Token < 0 && from < part.End;)
            {
                int end = PartEnd(text, from, part.End, tracks: false);
                EncodePart(text, from, end, int.MaxValue, ref word, scratch);
                count += scratch.Pieces.Count;
                scratch.Pieces.CutBack(0);
                from = end;
            }
        }

        return count;
    }

    private void Encode(ReadOnlySpan<TUnit> text, int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        while (from < to && scratch.Pieces.Count <= limit)
        {
            scratch.Cancellation.ThrowIfCancellationRequested();
            int end = PartEnd(text, from, to, scratch.Pieces.Tracks);
            EncodePart(text, from, end, limit, ref word, scratch);
            from = end;
        }
    }

    private void EncodePart(ReadOnlySpan<TUnit> text, int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        NormalizedText normalized = scratch.Normalized;
        normalized.Reset(scratch.Pieces.Tracks || _pipeline.NeedsPlaces);
        TUnits.AppendTo(normalized, text, from, to);
        _pipeline.Normalize(normalized);
        if (_normalizedTokens.IsEmpty) EncodeWords(normalized, 0, normalized.Length, limit, ref word, scratch);
        else FindNormalized(normalized, limit, ref word, scratch);
    }

    private void EncodeWords(NormalizedText normalized, int from, int to, int limit, ref int word, TokenizerScratch scratch)
    {
        scratch.Split.Begin(normalized, from, to);
        _pipeline.Split(scratch.Split);
        _pipeline.Model.Encode(scratch.Split, limit, ref word, scratch);
    }

    private void FindNormalized(NormalizedText normalized, int limit, ref int word, TokenizerScratch scratch)
    {
        ReadOnlySpan<byte> text = normalized.Bytes;
        var parts = new AddedTokenSplitter<byte, Utf8Units>(_normalizedTokens, _tables, text);
        while (scratch.Pieces.Count <= limit && parts.MoveNext())
        {
            AddedTokenMatch part = parts.Current;
            if (part.Token < 0)
            {
                EncodeWords(normalized, part.Start, part.End, limit, ref word, scratch);
                continue;
            }

            int id = _tables.AddedTokens[part.Token].Id;
            ReadOnlySpan<byte> found = text[part.Start..part.End];
            if (scratch.Pieces.KeepsTexts && !found.SequenceEqual(_tables.TextOf(id))) scratch.Pieces.AddText(Utf8Units.ToText(found));
            scratch.Pieces.Add(id, normalized.StartOf(part.Start), normalized.EndOf(part.End - 1), word++);
        }
    }

    private void AddToken(AddedTokenMatch match, ReadOnlySpan<TUnit> text, ref int word, PieceList pieces)
    {
        int id = _tables.AddedTokens[match.Token].Id;
        if (pieces.KeepsTexts && TUnits.ToText(text) is var found && found != _tables.StringOf(id)) pieces.AddText(found);
        pieces.Add(id, match.Start, match.End, word++);
    }

    /// <summary>
    /// Where a part ends. Between words only ids are the same: a normaliser that takes the first character away moves the places of all that
    /// follows (as <see cref="ChangeWriter"/> does), so with places the text stays whole.
    /// </summary>
    private int PartEnd(ReadOnlySpan<TUnit> text, int from, int to, bool tracks)
    {
        if (to - from <= PartLength || _pause == TextPause.Nowhere || (tracks && _pause == TextPause.BetweenWords)) return to;
        return _pause == TextPause.BehindSpace ? BehindSpace(text, from, to) : BetweenWords(text, from, to);
    }

    private static int BehindSpace(ReadOnlySpan<TUnit> text, int from, int to)
    {
        TUnit space = TUnits.Ascii(' ');
        TUnit lineFeed = TUnits.Ascii('\n');
        int last = text.Slice(from, PartLength).LastIndexOfAny(space, lineFeed);
        if (last >= 0) return from + last + 1;
        int next = text[(from + PartLength)..to].IndexOfAny(space, lineFeed);
        return next < 0 ? to : from + PartLength + next + 1;
    }

    private static int BetweenWords(ReadOnlySpan<TUnit> text, int from, int to)
    {
        TUnit space = TUnits.Ascii(' ');
        for (int at = from + PartLength; at + 1 < to; at++)
        {
            int next = text[at..(to - 1)].IndexOf(space);
            if (next < 0) break;
            at += next;
            if (TUnits.IsAsciiLetterOrDigit(text[at - 1]) && TUnits.IsAsciiLetterOrDigit(text[at + 1])) return at;
        }

        return to;
    }
}
