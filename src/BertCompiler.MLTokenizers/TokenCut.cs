using BertCompiler.Tokenization;

namespace BertCompiler.MLTokenizers;

/// <summary>Which tokens of a text stay when there may be only so many.</summary>
internal readonly struct TokenCut
{
    private readonly int _lead;
    private readonly int _first;
    private readonly int _tail;

    private TokenCut(int lead, int first, int kept, int tail, int textEnd, int consumed)
    {
        (_lead, _first, _tail) = (lead, first, tail);
        (Kept, TextEnd, Consumed) = (kept, textEnd, consumed);
    }

    /// <summary>Tokens of the text that stay.</summary>
    public int Kept { get; }

    /// <summary>Tokens that stay, special tokens counted.</summary>
    public int Count => _lead + Kept + _tail;

    /// <summary>Index in the list one behind the tokens of the text.</summary>
    public int TextEnd { get; }

    /// <summary>Units of the text before the cut.</summary>
    public int Consumed { get; }

    /// <summary>Keeps tokens at the beginning.</summary>
    /// <param name="list">All tokens of the text, with or without special tokens round them.</param>
    /// <param name="most">The most tokens, special tokens counted.</param>
    /// <param name="length">Units of the text.</param>
    public static TokenCut AtStart(TokenList list, int most, int length)
    {
        (int start, int end) = TextTokens(list);
        int specials = list.Count - (end - start);
        if (list.Count <= most) return new(start, start, end - start, list.Count - end, end, length);
        int kept = Math.Min(most - specials, end - start);
        if (kept < 0) return new(0, 0, 0, 0, end, 0);
        while (kept > 0 && !IsBorder(list, start + kept)) kept--;
        return new(start, start, kept, list.Count - end, end, kept == 0 ? 0 : list.Ends[start + kept - 1]);
    }

    /// <summary>Keeps tokens at the end.</summary>
    /// <param name="list">All tokens of the text, with or without special tokens round them.</param>
    /// <param name="most">The most tokens, special tokens counted.</param>
    /// <param name="length">Units of the text.</param>
    public static TokenCut AtEnd(TokenList list, int most, int length)
    {
        (int start, int end) = TextTokens(list);
        int specials = list.Count - (end - start);
        if (list.Count <= most) return new(start, start, end - start, list.Count - end, end, 0);
        int first = end - Math.Max(most - specials, 0);
        while (first < end && !IsBorder(list, first)) first++;
        bool fits = most >= specials;
        int consumed = first == end ? length : list.Ends[first - 1];
        return new(fits ? start : 0, first, end - first, fits ? list.Count - end : 0, end, consumed);
    }

    /// <summary>Where the token of that number, counted among those that stay, stands in the list.</summary>
    public int IndexOf(int number) => number < _lead ? number : number < _lead + Kept ? _first + (number - _lead) : TextEnd + (number - _lead - Kept);

    /// <summary>Whether no character belongs to tokens on both sides.</summary>
    private static bool IsBorder(TokenList list, int index) => list.Ends[index - 1] <= list.Starts[index];

    /// <summary>From where to where the tokens of the text stand: those of the template belong to no word.</summary>
    private static (int Start, int End) TextTokens(TokenList list)
    {
        ReadOnlySpan<int> words = list.Words;
        int start = 0, end = words.Length;
        while (start < end && words[start] < 0) start++;
        while (end > start && words[end - 1] < 0) end--;
        return (start, end);
    }
}
