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

    public const int CurrentVersion = 3;

    /// <summary>Every part begins at a multiple of this many bytes.</summary>
    public const int Alignment = 64;

    public ulong Magic;
    public int Version;
    public TokenizerOptions Options;

    /// <summary>Bytes of the whole section.</summary>
    public long Length;

    public TokenizerModelKind Model;

    /// <summary>WordPiece: code points above which a word is unknown.</summary>
    public int MaxWordLength;

    /// <summary>Bytes of the longest text in the vocabulary.</summary>
    public int LongestPiece;

    /// <summary>Starting value of the hash, chosen so that no search in the table is long.</summary>
    public ulong HashSeed;

    /// <summary>The same for the table of words.</summary>
    public ulong WordSeed;

    /// <summary>The same for the table of merges.</summary>
    public ulong MergeSeed;

    /// <summary>Id of the token that the model gives for what it cannot spell; −1 where it has none.</summary>
    public int ModelUnknownId;

    /// <summary><see cref="PieceUnit.Base"/> of the root of pieces that begin a word.</summary>
    public uint BeginRoot;

    /// <summary>WordPiece: the same for those that continue one; the prefix is left out.</summary>
    public uint ContinuationRoot;

    /// <summary>Unigram: score of a character that the vocabulary lacks.</summary>
    public double UnknownScore;

    /// <summary>Special ids, −1 where the tokenizer has none.</summary>
    public int UnknownId;
    public int ClsId;
    public int SepId;
    public int MaskId;
    public int PadId;
    public int PadTypeId;

    /// <summary><see cref="VocabularySlot"/>, a power of two of them: an open hash table of the vocabulary.</summary>
    public Part Slots;

    /// <summary>
    /// The same for words, where the vocabulary writes <see cref="Suffix"/> behind them: without it. Else none, and the words are looked for
    /// in <see cref="Slots"/>.
    /// </summary>
    public Part Words;

    /// <summary>uint, one more than ids: where the text of each id begins in <see cref="Texts"/>; the top bit marks an id without token.</summary>
    public Part TextOffsets;

    /// <summary>All texts in UTF-8.</summary>
    public Part Texts;

    /// <summary>UTF-8 of the prefix of continuations, "##".</summary>
    public Part Prefix;

    /// <summary>UTF-8 of what byte-pair encoding writes behind the last character of a word.</summary>
    public Part Suffix;

    /// <summary><see cref="MergeSlot"/>, a power of two of them or none.</summary>
    public Part Merges;

    /// <summary>double, one for each id: the scores of a unigram model; else none.</summary>
    public Part Scores;

    /// <summary><see cref="PieceUnit"/>: the pieces of a WordPiece or unigram model; else none.</summary>
    public Part Pieces;

    /// <summary>uint, one more than maps: where each character map begins in <see cref="CharacterMaps"/>.</summary>
    public Part CharacterMapOffsets;

    /// <summary>SentencePiece's precompiled character maps, one after the other.</summary>
    public Part CharacterMaps;

    /// <summary><see cref="AddedTokenRecord"/>.</summary>
    public Part AddedTokens;

    /// <summary><see cref="TrieNode"/> over units of UTF-16: the added tokens that are searched in the raw text.</summary>
    public Part RawTrie;

    /// <summary><see cref="TrieNode"/> over UTF-8: the same, where the raw text is UTF-8.</summary>
    public Part RawTrieUtf8;

    /// <summary><see cref="TrieNode"/> over UTF-8: the added tokens that are searched in the normalised text.</summary>
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
