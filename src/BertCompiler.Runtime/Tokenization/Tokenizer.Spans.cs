using BertCompiler.Kernels;
using BertCompiler.Weights;

namespace BertCompiler.Tokenization;

/// <content>What streams: ids and places as plain numbers from spans of UTF-16 or UTF-8, with nothing allocated once memory has grown.</content>
public sealed partial class Tokenizer
{
    private TextRunner<byte, Utf8Units> Utf8
    {
        get
        {
            if (_utf8 is { } runner) return runner;
            using MemoryUse use = Use();
            return _utf8 = new(_pipeline);
        }
    }

    /// <summary>Counts the tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are counted too.</param>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/>.</exception>
    public int Count(ReadOnlySpan<char> text, bool addSpecialTokens = true) => Count(_utf16, text, addSpecialTokens);

    /// <summary>Counts the tokens of a text in UTF-8; what is no UTF-8 counts as U+FFFD.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are counted too.</param>
    /// <exception cref="OverflowException">There are more than <see cref="int.MaxValue"/>.</exception>
    public int Count(ReadOnlySpan<byte> utf8, bool addSpecialTokens = true) => Count(Utf8, utf8, addSpecialTokens);

    /// <summary>Writes the ids of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Takes the ids.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    /// <returns>How many ids there are.</returns>
    /// <exception cref="ArgumentException">There are more than <paramref name="ids"/> has room for; nothing is cut off in silence.</exception>
    public int EncodeToIds(ReadOnlySpan<char> text, Span<int> ids, bool addSpecialTokens = true)
        => Whole(EncodeToIds(text, ids, out bool truncated, addSpecialTokens), truncated, ids.Length);

    /// <summary>Writes the ids of a text in UTF-8.</summary>
    /// <param name="utf8">The text; what is no UTF-8 counts as U+FFFD.</param>
    /// <param name="ids">Takes the ids.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    /// <returns>How many ids there are.</returns>
    /// <exception cref="ArgumentException">There are more than <paramref name="ids"/> has room for; nothing is cut off in silence.</exception>
    public int EncodeToIds(ReadOnlySpan<byte> utf8, Span<int> ids, bool addSpecialTokens = true)
        => Whole(EncodeToIds(utf8, ids, out bool truncated, addSpecialTokens), truncated, ids.Length);

    /// <summary>Writes the ids of a text, cut to the room that there is, at the end that <see cref="TruncationSide"/> says; special tokens stay. Where that is the right, what lies far behind the cut is not read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Takes the ids.</param>
    /// <param name="truncated">Whether something was cut off.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    /// <returns>How many ids were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="ids"/> has no room for the special tokens.</exception>
    public int EncodeToIds(ReadOnlySpan<char> text, Span<int> ids, out bool truncated, bool addSpecialTokens = true)
        => EncodeToIds(_utf16, text, ids, out truncated, addSpecialTokens);

    /// <summary>Writes the ids of a text in UTF-8, cut to the room that there is, as the overload for UTF-16 does.</summary>
    /// <param name="utf8">The text; what is no UTF-8 counts as U+FFFD.</param>
    /// <param name="ids">Takes the ids.</param>
    /// <param name="truncated">Whether something was cut off.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    /// <returns>How many ids were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="ids"/> has no room for the special tokens.</exception>
    public int EncodeToIds(ReadOnlySpan<byte> utf8, Span<int> ids, out bool truncated, bool addSpecialTokens = true)
        => EncodeToIds(Utf8, utf8, ids, out truncated, addSpecialTokens);

    /// <summary>Encodes a text into a list that is used again: ids, places in UTF-16 units, words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Takes the tokens; what it held is forgotten.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    public void Encode(ReadOnlySpan<char> text, TokenList tokens, bool addSpecialTokens = true) => Encode(_utf16, text, tokens, addSpecialTokens);

    /// <summary>Encodes a text in UTF-8 into a list that is used again: ids, places in bytes, words.</summary>
    /// <param name="utf8">The text; what is no UTF-8 counts as U+FFFD.</param>
    /// <param name="tokens">Takes the tokens; what it held is forgotten.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the template are put round the text.</param>
    public void Encode(ReadOnlySpan<byte> utf8, TokenList tokens, bool addSpecialTokens = true) => Encode(Utf8, utf8, tokens, addSpecialTokens);

    /// <summary>
    /// Appends one text with its special tokens to a batch, cut to <paramref name="maxTokens"/> at the end that <see cref="TruncationSide"/> says.
    /// Allocates nothing once the memory of thread and batch has grown, and where texts are cut on the right, does not read far beyond what it keeps.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">The most tokens, special tokens counted.</param>
    /// <param name="batch">Takes the sequence.</param>
    /// <returns>Whether something was cut off.</returns>
    /// <exception cref="ArgumentException">There is no token at all: the text has none, and the tokenizer puts none round it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The special tokens alone are more than <paramref name="maxTokens"/>.</exception>
    public bool Append(ReadOnlySpan<char> text, int maxTokens, TokenBatch batch) => Append(_utf16, text, maxTokens, batch);

    /// <summary>Appends one text in UTF-8 with its special tokens to a batch, as the overload for UTF-16 does.</summary>
    /// <param name="utf8">The text; what is no UTF-8 counts as U+FFFD.</param>
    /// <param name="maxTokens">The most tokens, special tokens counted.</param>
    /// <param name="batch">Takes the sequence.</param>
    /// <returns>Whether something was cut off.</returns>
    /// <exception cref="ArgumentException">There is no token at all: the text has none, and the tokenizer puts none round it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The special tokens alone are more than <paramref name="maxTokens"/>.</exception>
    public bool Append(ReadOnlySpan<byte> utf8, int maxTokens, TokenBatch batch) => Append(Utf8, utf8, maxTokens, batch);

    /// <summary>Appends many texts to a batch, in their order, with all threads of a crew.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxTokens">The most tokens of each, special tokens counted.</param>
    /// <param name="batch">Takes the sequences; they are the same whatever the number of threads.</param>
    /// <param name="crew">The threads; null: <see cref="Crew.Shared"/>.</param>
    /// <param name="progress">Told of texts that are done, on the calling thread.</param>
    /// <param name="cancellationToken">Noticed after a few texts; the batch is then as it was.</param>
    /// <returns>How many texts were cut.</returns>
    /// <exception cref="ArgumentException">A text is null, or has no token and the tokenizer puts none round it; the batch is then as it was.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The special tokens alone are more than <paramref name="maxTokens"/>.</exception>
    public int AppendAll(
        IReadOnlyList<string> texts, int maxTokens, TokenBatch batch, Crew? crew = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, _singleSpecials);
        using MemoryUse use = Use();
        return new ParallelTexts(_utf16, texts, maxTokens - _singleSpecials, progress).Append(this, batch, new CrewCall(crew ?? Crew.Shared, cancellationToken));
    }

    private static int Whole(int count, bool truncated, int room)
        => truncated ? throw new ArgumentException($"the text has more tokens than there is room for ({room}): give more, or take the overload that says what was cut") : count;

    private int Count<TUnit, TUnits>(TextRunner<TUnit, TUnits> runner, ReadOnlySpan<TUnit> text, bool addSpecialTokens)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        using MemoryUse use = Use();
        TokenizerScratch scratch = TokenizerScratch.Rent();
        scratch.Pieces.Reset(tracks: false);
        long count = runner.Count(text, scratch);
        TokenizerScratch.Return(scratch);
        return checked((int)(count + (addSpecialTokens ? _singleSpecials : 0)));
    }

    private int EncodeToIds<TUnit, TUnits>(TextRunner<TUnit, TUnits> runner, ReadOnlySpan<TUnit> text, Span<int> ids, out bool truncated, bool addSpecialTokens)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        int room = ids.Length - (addSpecialTokens ? _singleSpecials : 0);
        if (room < 0) throw new ArgumentException($"no room for the {_singleSpecials} special tokens", nameof(ids));
        using MemoryUse use = Use();
        TokenizerScratch scratch = TokenizerScratch.Rent();
        PieceList pieces = scratch.Pieces;
        pieces.Reset(tracks: false);
        runner.Run(text, Needed(room), scratch);
        truncated = pieces.Count > room;
        ReadOnlySpan<int> kept = Kept(pieces.Ids, room);
        int at = 0;
        foreach (TemplatePiece piece in _tables.SingleTemplate)
        {
            if (piece.IsText)
            {
                kept.CopyTo(ids[at..]);
                at += kept.Length;
            }
            else if (addSpecialTokens) ids[at++] = piece.Id;
        }

        TokenizerScratch.Return(scratch);
        return at;
    }

    private void Encode<TUnit, TUnits>(TextRunner<TUnit, TUnits> runner, ReadOnlySpan<TUnit> text, TokenList tokens, bool addSpecialTokens)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using MemoryUse use = Use();
        TokenizerScratch scratch = TokenizerScratch.Rent();
        PieceList pieces = scratch.Pieces;
        bool trims = (_tables.Header.Options & TokenizerOptions.TrimOffsets) != 0;
        pieces.Reset(tracks: true, keepsTexts: trims);
        runner.Run(text, int.MaxValue, scratch);
        tokens.Begin(checked(pieces.Count + _singleSpecials));
        foreach (TemplatePiece piece in _tables.SingleTemplate)
        {
            if (!piece.IsText)
            {
                if (addSpecialTokens) tokens.Add(piece.Id, default, -1);
                continue;
            }

            int nextText = 0;
            for (int i = 0; i < pieces.Count; i++)
            {
                TextSpan span = new(pieces.Starts[i], pieces.Ends[i]);
                bool own = nextText < pieces.Texts.Count && pieces.Texts[nextText].Key == i;
                string? ownText = own ? pieces.Texts[nextText++].Value : null;
                if (trims) span = Trim<TUnit, TUnits>(text, span, pieces.Ids[i], ownText, i);
                tokens.Add(pieces.Ids[i], span, pieces.Words[i]);
            }
        }

        TokenizerScratch.Return(scratch);
    }

    private TextSpan Trim<TUnit, TUnits>(ReadOnlySpan<TUnit> text, TextSpan span, int id, string? ownText, int index)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        bool isFirst = index == 0 || span.Start == 0;
        TokenizerOptions options = _tables.Header.Options;
        (int leading, int trailing) = ownText is null
            ? OffsetTrimmer.Spaces<byte, Utf8Units>(options, _tables.TextOf(id), isFirst)
            : OffsetTrimmer.Spaces<char, Utf16Units>(options, ownText, isFirst);
        return leading + trailing == 0 ? span : OffsetTrimmer.Trim<TUnit, TUnits>(text, span, leading, trailing);
    }

    private bool Append<TUnit, TUnits>(TextRunner<TUnit, TUnits> runner, ReadOnlySpan<TUnit> text, int maxTokens, TokenBatch batch)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TUnits : struct, ITextUnits<TUnit>
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, _singleSpecials);
        int room = maxTokens - _singleSpecials;
        using MemoryUse use = Use();
        TokenizerScratch scratch = TokenizerScratch.Rent();
        scratch.Pieces.Reset(tracks: false);
        runner.Run(text, Needed(room), scratch);
        bool cut = scratch.Pieces.Count > room;
        AppendPieces(Kept(scratch.Pieces.Ids, room), batch);
        TokenizerScratch.Return(scratch);
        return cut;
    }

    /// <summary>After how many pieces the rest of a text need not be read, where there is room for so many.</summary>
    internal int Needed(int room) => TruncationSide == TextSide.Right ? room : int.MaxValue;

    /// <summary>The pieces that stay where there is room for so many.</summary>
    internal ReadOnlySpan<int> Kept(ReadOnlySpan<int> pieces, int room) =>
        pieces.Length <= room ? pieces : TruncationSide == TextSide.Right ? pieces[..room] : pieces[^room..];

    /// <summary>Appends the pieces of a text with the template round them.</summary>
    private void AppendPieces(ReadOnlySpan<int> pieces, TokenBatch batch)
    {
        Span<int> ids = batch.Reserve(LengthWith(pieces.Length), out Span<int> types);
        Write(pieces, ids, types);
    }

    /// <summary>Tokens of a text with the template round it.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal int LengthWith(int pieces)
    {
        int total = checked(pieces + _singleSpecials);
        return total > 0 ? total : throw new ArgumentException("the text has no token, and this tokenizer puts none round it");
    }

    /// <summary>Writes the pieces of a text with the template round them.</summary>
    internal void Write(ReadOnlySpan<int> pieces, Span<int> ids, Span<int> types)
    {
        foreach (TemplatePiece piece in _tables.SingleTemplate)
        {
            int count = piece.IsText ? pieces.Length : 1;
            if (piece.IsText) pieces.CopyTo(ids);
            else ids[0] = piece.Id;
            if (_singleHasTypes) types[..count].Fill(piece.TypeId);
            ids = ids[count..];
            types = types[count..];
        }
    }
}
