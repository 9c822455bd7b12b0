namespace BertCompiler.Tokenization;

/// <summary>How a caller's text is written: UTF-16 or UTF-8. What is no text – half of a surrogate pair, bytes that are no UTF-8 – counts as U+FFFD.</summary>
/// <typeparam name="TUnit">One unit.</typeparam>
internal interface ITextUnits<TUnit> where TUnit : unmanaged, IEquatable<TUnit>
{
    /// <summary>The code point that begins at <paramref name="index"/>, and how many units it takes.</summary>
    static abstract int CodePointAt(ReadOnlySpan<TUnit> text, int index, out int length);

    /// <summary>The code point that ends before <paramref name="end"/>, and how many units it takes.</summary>
    static abstract int CodePointBefore(ReadOnlySpan<TUnit> text, int end, out int length);

    /// <summary>The unit as a node of a trie has it.</summary>
    static abstract char InTrie(TUnit unit);

    /// <summary>The unit that a node of a trie has.</summary>
    static abstract TUnit FromTrie(char character);

    /// <summary>The unit of a code point of ASCII.</summary>
    static abstract TUnit Ascii(char character);

    /// <summary>Whether the unit is a letter or digit of ASCII.</summary>
    static abstract bool IsAsciiLetterOrDigit(TUnit unit);

    /// <summary>The trie of the added tokens that are looked for in text of this kind.</summary>
    static abstract ReadOnlySpan<TrieNode> RawTrie(TokenizerTables tables);

    /// <summary>Appends text[from … to−1] to <paramref name="output"/>, with places if it tracks.</summary>
    static abstract void AppendTo(NormalizedText output, ReadOnlySpan<TUnit> text, int from, int to);

    /// <summary>A string of the text.</summary>
    static abstract string ToText(ReadOnlySpan<TUnit> text);
}
