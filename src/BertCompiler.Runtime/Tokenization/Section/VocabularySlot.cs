using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>One slot of the vocabulary's hash table.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct VocabularySlot
{
    /// <summary>Set in <see cref="Entry"/> for a piece that continues a word; then the prefix of its text takes no part in the comparison.</summary>
    public const uint Continuation = 0x80000000;

    public uint Hash;

    /// <summary>0: empty; else id + 1, perhaps with <see cref="Continuation"/>.</summary>
    public uint Entry;
}
