namespace BertCompiler.Tokenization;

/// <summary>Walks the packed tries.</summary>
internal static class TrieSearch
{
    /// <summary>The child of a node for a character, or −1.</summary>
    public static int Child(ReadOnlySpan<TrieNode> trie, int node, char character)
    {
        TrieNode parent = trie[node];
        int low = parent.FirstChild;
        long end = (long)low + parent.ChildCount;
        if (parent.ChildCount == 0) return -1;
        if (low <= node || end > trie.Length) TokenizerTables.Fail("a child of its trie lies outside");
        int high = (int)end - 1;
        while (low <= high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            char there = trie[middle].Character;
            if (there == character) return middle;
            if (there < character) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
