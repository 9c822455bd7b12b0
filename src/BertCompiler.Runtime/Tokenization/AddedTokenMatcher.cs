namespace BertCompiler.Tokenization;

/// <summary>Finds added tokens in a text: leftmost first, and of those that begin at one place the longest.</summary>
/// <typeparam name="TUnit">One unit of the text.</typeparam>
/// <typeparam name="TUnits">How the text is written.</typeparam>
internal sealed class AddedTokenMatcher<TUnit, TUnits>
    where TUnit : unmanaged, IEquatable<TUnit>
    where TUnits : struct, ITextUnits<TUnit>
{
    private readonly TokenizerTables _tables;
    private readonly bool _normalized;
    private readonly TUnit[] _first;

    /// <param name="tables">The packed tables.</param>
    /// <param name="normalized">Whether to look for the tokens of normalised text, instead of those of raw text.</param>
    public AddedTokenMatcher(TokenizerTables tables, bool normalized)
    {
        _tables = tables;
        _normalized = normalized;
        if (Trie.Length == 0 || Trie[0].ChildCount == 0)
        {
            _first = [];
            return;
        }

        _first = new TUnit[Trie[0].ChildCount];
        int child = Trie[0].FirstChild;
        if (child <= 0 || child > Trie.Length - _first.Length) TokenizerTables.Fail("a child of its trie lies outside");
        for (int i = 0; i < _first.Length; i++) _first[i] = TUnits.FromTrie(Trie[child + i].Character);
    }

    /// <summary>Whether there is no token to look for.</summary>
    public bool IsEmpty => _first.Length == 0;

    private ReadOnlySpan<TrieNode> Trie => _normalized ? _tables.NormalizedTrie : TUnits.RawTrie(_tables);

    /// <summary>Finds the first token that begins at <paramref name="from"/> or behind it.</summary>
    public bool TryFind(ReadOnlySpan<TUnit> text, int from, out AddedTokenMatch match)
    {
        match = default;
        if (IsEmpty) return false;
        while (from < text.Length)
        {
            int next = text[from..].IndexOfAny(_first);
            if (next < 0) return false;
            from += next;
            if (TryMatchAt(text, from, out match)) return true;
            from++;
        }

        return false;
    }

    private bool TryMatchAt(ReadOnlySpan<TUnit> text, int start, out AddedTokenMatch match)
    {
        match = default;
        bool found = false;
        ReadOnlySpan<TrieNode> trie = Trie;
        int node = 0;
        for (int i = start; i < text.Length; i++)
        {
            node = TrieSearch.Child(trie, node, TUnits.InTrie(text[i]));
            if (node < 0) break;
            int token = trie[node].Token;
            if (token < 0) continue;
            if (token >= _tables.AddedTokens.Length) TokenizerTables.Fail($"it names added token {token} and has {_tables.AddedTokens.Length}");
            match = new(token, start, i + 1);
            found = true;
        }

        return found;
    }
}
