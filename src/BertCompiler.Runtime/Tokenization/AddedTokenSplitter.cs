namespace BertCompiler.Tokenization;

/// <summary>
/// Cuts a text into added tokens and what lies between them, as Hugging Face tokenizers do (tokenizer/added_vocabulary.rs): a match that
/// is refused because of <c>single_word</c> still uses up its text; white space goes to the token that strips it.
/// </summary>
internal ref struct AddedTokenSplitter(AddedTokenMatcher matcher, TokenizerSectionView section, ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
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
            AddedTokenFlags flags = section.AddedTokens[match.Token].Flags;
            if ((flags & AddedTokenFlags.SingleWord) != 0 && TouchesWord(match)) continue;
            int start = match.Start;
            int end = match.End;
            if ((flags & AddedTokenFlags.LeftStrip) != 0)
            {
                while (start > _done && UnicodeTables.IsWhiteSpace(_text[start - 1])) start--;
                start = Math.Max(start, _done);
            }

            if ((flags & AddedTokenFlags.RightStrip) != 0)
            {
                while (end < _text.Length && UnicodeTables.IsWhiteSpace(_text[end])) end++;
            }

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

    private readonly bool TouchesWord(AddedTokenMatch match)
        => (match.Start > 0 && IsWord(UnicodeTables.CodePointBefore(_text, match.Start)))
            || (match.End < _text.Length && IsWord(UnicodeTables.CodePointAt(_text, match.End)));

    private static bool IsWord(int codePoint) => (UnicodeTables.FlagsOf(codePoint) & CodePointFlags.WordCharacter) != 0;
}
