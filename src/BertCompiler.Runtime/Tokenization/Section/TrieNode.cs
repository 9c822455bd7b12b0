using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>A node of the trie of added tokens. The children of a node lie side by side, sorted by unit, behind the node.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TrieNode
{
    public int FirstChild;

    /// <summary>Index of the added token that ends here, or −1.</summary>
    public int Token;
    public ushort ChildCount;

    /// <summary>The unit of UTF-16 or the byte of UTF-8.</summary>
    public char Character;
}
