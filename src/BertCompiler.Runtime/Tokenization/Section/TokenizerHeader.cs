using System.Runtime.InteropServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// The first bytes of a packed tokenizer section. All numbers are little-endian; the parts (<see cref="Part"/>) lie behind it, each at a
/// multiple of 64 bytes from the start of the section.
/// </summary>
/// <remarks>
/// Changing anything here, or what a part holds, needs a new <see cref="CurrentVersion"/>.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct TokenizerHeader
{
    /// <summary>"BERTTOKS" read as a little-endian number.</summary>
    public const ulong ExpectedMagic = 0x534B4F5454524542;

    public const int CurrentVersion = 1;

    /// <summary>Every part begins at a multiple of this many bytes.</summary>
    public const int Alignment = 64;

    public ulong Magic;
    public int Version;
    public TokenizerOptions Options;

    /// <summary>Bytes of the whole section.</summary>
    public long Length;

    /// <summary>Code points above which a word is unknown.</summary>
    public int MaxWordLength;

    /// <summary>UTF-16 units of the longest text in the vocabulary.</summary>
    public int LongestPiece;

    /// <summary>Starting value of the hash, chosen so that no search in the table is long.</summary>
    public uint HashSeed;

    public int UnknownId;

    /// <summary>Special ids, −1 where the tokenizer has none.</summary>
    public int ClsId;
    public int SepId;
    public int MaskId;
    public int PadId;
    public int PadTypeId;

    /// <summary><see cref="VocabularySlot"/>, a power of two of them: an open hash table of the vocabulary.</summary>
    public Part Slots;

    /// <summary>uint, one more than ids: where the text of each id begins in <see cref="Characters"/>; the top bit marks an id without token.</summary>
    public Part TextOffsets;

    /// <summary>UTF-16 units of all texts.</summary>
    public Part Characters;

    /// <summary>UTF-16 units of the prefix of continuations, "##".</summary>
    public Part Prefix;

    /// <summary>UTF-16 units of the prefix that decoding removes.</summary>
    public Part DecoderPrefix;

    /// <summary><see cref="AddedTokenRecord"/>.</summary>
    public Part AddedTokens;

    /// <summary><see cref="TrieNode"/>: the added tokens that are searched in the raw text.</summary>
    public Part RawTrie;

    /// <summary><see cref="TrieNode"/>: the added tokens that are searched in the normalised text.</summary>
    public Part NormalizedTrie;

    /// <summary><see cref="TemplatePiece"/>: what is put round one text, and round a pair.</summary>
    public Part SingleTemplate;
    public Part PairTemplate;

    /// <summary>Where a part lies: bytes from the start of the section, and its number of items.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Part
    {
        public long Offset;
        public int Count;
    }
}
