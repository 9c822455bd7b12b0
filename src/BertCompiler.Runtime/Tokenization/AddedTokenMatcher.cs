using System.Buffers;

namespace BertCompiler.Tokenization;

/// <summary>Finds added tokens in a text: leftmost first, and of those that begin at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly TokenizerSectionView _section;
    private readonly bool _normalized;
    private readonly SearchValues<char>? _first;

    public AddedTokenMatcher(TokenizerSectionView section, bool normalized)
    {
        _section = section;
        _normalized = normalized;
        if (Trie.Length == 0 || Trie[0].ChildCount == 0) return;
        var first = new char[Trie[0].ChildCount];
        int child = Trie[0].FirstChild;
        if (child <= 0 || child > Trie.Length - first.Length) TokenizerSectionView.Fail("a child of its trie lies outside");
        for (int i = 0; i < first.Length; i++) first[i] = Trie[child + i].Character;
        _first = SearchValues.Create(first);
    }

    /// <summary>Whether there is no token to look for.</summary>
    public bool IsEmpty => _first is null;

    private ReadOnlySpan<TrieNode> Trie => _normalized ? _section.NormalizedTrie : _section.RawTrie;

    /// <summary>Finds the first token that begins at <paramref name="from"/> or behind it.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, out AddedTokenMatch match)
    {
        match = default;
        if (_first is null) return false;
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

    private bool TryMatchAt(ReadOnlySpan<char> text, int start, out AddedTokenMatch match)
    {
        match = default;
        bool found = false;
        ReadOnlySpan<TrieNode> trie = Trie;
        int node = 0;
        for (int i = start; i < text.Length; i++)
        {
            node = TrieSearch.Child(trie, node, text[i]);
            if (node < 0) break;
            int token = trie[node].Token;
            if (token < 0) continue;
            if (token >= _section.AddedTokens.Length) TokenizerSectionView.Fail($"it names added token {token} and has {_section.AddedTokens.Length}");
            match = new(token, start, i + 1);
            found = true;
        }

        return found;
    }
}
