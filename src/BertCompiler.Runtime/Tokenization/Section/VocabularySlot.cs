using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// One slot of the vocabulary's hash table. A text of at most <see cref="InlineLength"/> bytes lies in the slot itself, so that one look
/// settles it; of a longer one the slot says where it lies.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct VocabularySlot
{
    /// <summary>The most bytes of a text that lies in its slot.</summary>
    public const int InlineLength = 8;

    /// <summary>Set in <see cref="Entry"/>: the text, as a word, is cut into exactly this one token.</summary>
    public const uint Whole = 0x80000000;

    /// <summary>The rest of <see cref="Entry"/>.</summary>
    public const uint IdMask = ~Whole;

    /// <summary>A short text, the first byte lowest; or the text's start in the texts of the section, and above it 32 bits of the hash.</summary>
    public ulong Key;

    /// <summary>See <see cref="VocabularyHash.TagOf"/>.</summary>
    public uint Tag;

    /// <summary>0: empty; else id + 1, perhaps with <see cref="Whole"/>.</summary>
    public uint Entry;
}
