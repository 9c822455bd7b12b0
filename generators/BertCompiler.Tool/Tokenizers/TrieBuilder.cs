using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Builds the trie of added tokens, level by level, so that children lie side by side behind their parent.</summary>
internal static class TrieBuilder
{
    /// <summary>Builds the trie; none for no text. Of equal texts the first counts.</summary>
    /// <param name="texts">Texts, none empty, and the number that stands for each.</param>
    public static TrieNode[] Build(IReadOnlyList<KeyValuePair<string, int>> texts) => Build(texts, text => text);

    /// <summary>The same over UTF-8: each unit of the trie is a byte.</summary>
    public static TrieNode[] BuildUtf8(IReadOnlyList<KeyValuePair<string, int>> texts)
        => Build(texts, text => string.Concat(PackedTexts.ToUtf8(text).Select(b => (char)b)));

    private static TrieNode[] Build(IReadOnlyList<KeyValuePair<string, int>> texts, Func<string, string> toUnits)
    {
        if (texts.Count == 0) return [];
        KeyValuePair<string, int>[] sorted = [.. texts.Select(t => new KeyValuePair<string, int>(toUnits(t.Key), t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)];
        var nodes = new List<TrieNode> { new() { Token = -1 } };
        var members = new Queue<Range>([0..sorted.Length]);
        for (int node = 0, depth = 0, levelEnd = 1; node < nodes.Count; node++)
        {
            if (node == levelEnd) (depth, levelEnd) = (depth + 1, nodes.Count);
            (int at, int count) = members.Dequeue().GetOffsetAndLength(sorted.Length);
            int end = at + count;

            // Those that end at this node come first.
            while (at < end && sorted[at].Key.Length == depth) at++;
            int first = nodes.Count;
            while (at < end)
            {
                int start = at;
                char character = sorted[at].Key[depth];
                while (at < end && sorted[at].Key[depth] == character) at++;
                nodes.Add(new() { Character = character, Token = sorted[start].Key.Length == depth + 1 ? sorted[start].Value : -1 });
                members.Enqueue(start..at);
            }

            nodes[node] = nodes[node] with { FirstChild = first, ChildCount = checked((ushort)(nodes.Count - first)) };
        }

        return [.. nodes];
    }
}
