using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Builds a trie of texts, level by level, so that children lie side by side behind their parent.</summary>
internal static class TrieBuilder
{
    /// <summary>Builds the trie; none for no text. Of equal texts the first counts.</summary>
    /// <param name="texts">Texts, none empty, and the number that stands for each.</param>
    public static TrieNode[] Build(IReadOnlyList<KeyValuePair<string, int>> texts)
    {
        if (texts.Count == 0) return [];
        var nodes = new List<TrieNode> { new() { Token = -1 } };
        var members = new List<List<KeyValuePair<string, int>>> { texts.ToList() };
        for (int node = 0, depth = 0, levelEnd = 1; node < nodes.Count; node++)
        {
            if (node == levelEnd) (depth, levelEnd) = (depth + 1, nodes.Count);
            int length = depth;
            var children = members[node].Where(t => t.Key.Length > length).GroupBy(t => t.Key[length]).OrderBy(g => g.Key).ToList();
            nodes[node] = nodes[node] with { FirstChild = nodes.Count, ChildCount = checked((ushort)children.Count) };
            foreach (IGrouping<char, KeyValuePair<string, int>> child in children)
            {
                int token = child.Where(t => t.Key.Length == length + 1).Select(t => t.Value).FirstOrDefault(-1);
                nodes.Add(new() { Character = child.Key, Token = token });
                members.Add([.. child]);
            }

            members[node] = [];
        }

        return [.. nodes];
    }
}
