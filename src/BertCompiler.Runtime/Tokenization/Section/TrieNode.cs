using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>A node of the trie of added tokens. The children of a node lie side by side, sorted by character, behind the node.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TrieNode
{
    public int FirstChild;

    /// <summary>Index of the added token that ends here, or −1.</summary>
    public int Token;
    public ushort ChildCount;
    public char Character;
}
