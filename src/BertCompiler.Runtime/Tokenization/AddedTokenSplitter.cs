namespace BertCompiler.Tokenization;

/// <summary>
/// Cuts a text into added tokens and what lies between them, as Hugging Face tokenizers do (tokenizer/added_vocabulary.rs): a match that
/// is refused because of <c>single_word</c> still uses up its text; white space goes to the token that strips it, and one that is nothing else is
/// then no token.
/// </summary>
/// <typeparam name="TUnit">One unit of the text.</typeparam>
/// <typeparam name="TUnits">How the text is written.</typeparam>
internal ref struct AddedTokenSplitter<TUnit, TUnits>(AddedTokenMatcher<TUnit, TUnits> matcher, TokenizerTables tables, ReadOnlySpan<TUnit> text)
    where TUnit : unmanaged, IEquatable<TUnit>
    where TUnits : struct, ITextUnits<TUnit>
{
    private readonly ReadOnlySpan<TUnit> _text = text;
    private int _from;
    private int _done;
    private AddedTokenMatch? _waiting;

    /// <summary>The present part; <see cref="AddedTokenMatch.Token"/> is −1 for ordinary text.</summary>
    public AddedTokenMatch Current { get; private set; }

    public bool MoveNext()
    {
        if (_waiting is { } waiting)
        {
            Current = waiting;
            _waiting = null;
            return true;
        }

        while (matcher.TryFind(_text, _from, out AddedTokenMatch match))
        {
            _from = match.End;
            AddedTokenFlags flags = tables.AddedTokens[match.Token].Flags;
            if ((flags & AddedTokenFlags.SingleWord) != 0 && TouchesWord(match)) continue;
            int start = (flags & AddedTokenFlags.LeftStrip) != 0 ? StripLeft(match.Start) : match.Start;
            int end = (flags & AddedTokenFlags.RightStrip) != 0 ? StripRight(match.End) : match.End;

            // An earlier token took the white space that this one is: the library drops a match of which nothing is left.
            if (start >= end) continue;
            int before = _done;
            _done = end;
            Current = match with { Start = start, End = end };
            if (before >= start) return true;
            _waiting = Current;
            Current = new(-1, before, start);
            return true;
        }

        if (_done >= _text.Length) return false;
        Current = new(-1, _done, _text.Length);
        _done = _from = _text.Length;
        return true;
    }

    /// <summary>Never over what an earlier token took.</summary>
    private readonly int StripLeft(int start)
    {
        while (start > _done && IsWhiteSpace(TUnits.CodePointBefore(_text, start, out int length))) start -= length;
        return Math.Max(start, _done);
    }

    private readonly int StripRight(int end)
    {
        while (end < _text.Length && IsWhiteSpace(TUnits.CodePointAt(_text, end, out int length))) end += length;
        return end;
    }

    private readonly bool TouchesWord(AddedTokenMatch match)
        => (match.Start > 0 && IsWord(TUnits.CodePointBefore(_text, match.Start, out _)))
            || (match.End < _text.Length && IsWord(TUnits.CodePointAt(_text, match.End, out _)));

    private static bool IsWhiteSpace(int codePoint) => (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.WhiteSpace) != 0;

    private static bool IsWord(int codePoint) => (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.WordCharacter) != 0;
}
