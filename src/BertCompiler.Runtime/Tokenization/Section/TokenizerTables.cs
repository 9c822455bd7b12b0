using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace BertCompiler.Tokenization;

/// <summary>
/// The packed tables of a tokenizer, read where they lie. Opening checks the header and that every part is inside; what the parts hold is
/// checked where it is used, so that damaged tables give an <see cref="InvalidDataException"/> and never a read outside.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TokenizerTables
{
    private const uint MissingText = 0x80000000;

    private readonly byte* _data;
    private readonly TokenizerHeader _header;

    internal TokenizerTables(nint data, long length)
    {
        if (data == 0 || length < sizeof(TokenizerHeader)) Fail($"it is {length} bytes long, its header alone takes {sizeof(TokenizerHeader)}");
        _data = (byte*)data;
        _header = Unsafe.ReadUnaligned<TokenizerHeader>(_data);
        if (_header.Magic != TokenizerHeader.ExpectedMagic) Fail("it does not begin with the mark of one");
        if (_header.Version != TokenizerHeader.CurrentVersion)
        {
            Fail($"it has version {_header.Version} and this program reads version {TokenizerHeader.CurrentVersion}: compile the model again");
        }

        if (_header.Length > length) Fail($"its header says {_header.Length} bytes and {length} are there");
        CheckParts();
        if (_header.TextOffsets.Count < 2) Fail("it has no vocabulary");
        if (_header.Slots.Count < 1 || (_header.Slots.Count & (_header.Slots.Count - 1)) != 0) Fail("its table size is not a power of two");
        if ((_header.Words.Count & (_header.Words.Count - 1)) != 0) Fail("the size of its table of words is not a power of two");
        if (_header.MaxWordLength < 0 || _header.LongestPiece < 0) Fail("a length is negative");
        if ((_header.Merges.Count & (_header.Merges.Count - 1)) != 0) Fail("the size of its table of merges is not a power of two");
        foreach (int id in (ReadOnlySpan<int>)[_header.ModelUnknownId, _header.UnknownId, _header.ClsId, _header.SepId, _header.MaskId, _header.PadId])
        {
            if (id != -1) CheckId(id);
        }

        CheckTemplate(SingleTemplate, pair: false);
        CheckTemplate(PairTemplate, pair: true);
        foreach (AddedTokenRecord token in AddedTokens) CheckId(token.Id);
    }

    internal ref readonly TokenizerHeader Header => ref _header;

    /// <summary>One more than the greatest id.</summary>
    internal int IdCount => _header.TextOffsets.Count - 1;

    internal ReadOnlySpan<VocabularySlot> Slots => Items<VocabularySlot>(_header.Slots);

    /// <summary>See <see cref="TokenizerHeader.Words"/>.</summary>
    internal ReadOnlySpan<VocabularySlot> Words => Items<VocabularySlot>(_header.Words);

    /// <summary>All texts; see <see cref="TextOf"/>.</summary>
    internal ReadOnlySpan<byte> Texts => Items<byte>(_header.Texts);

    internal ReadOnlySpan<byte> Prefix => Items<byte>(_header.Prefix);

    internal ReadOnlySpan<byte> Suffix => Items<byte>(_header.Suffix);

    internal ReadOnlySpan<MergeSlot> Merges => Items<MergeSlot>(_header.Merges);

    internal ReadOnlySpan<double> Scores => Items<double>(_header.Scores);

    internal ReadOnlySpan<PieceUnit> Pieces => Items<PieceUnit>(_header.Pieces);

    internal ReadOnlySpan<AddedTokenRecord> AddedTokens => Items<AddedTokenRecord>(_header.AddedTokens);

    internal ReadOnlySpan<TrieNode> RawTrie => Items<TrieNode>(_header.RawTrie);

    internal ReadOnlySpan<TrieNode> RawTrieUtf8 => Items<TrieNode>(_header.RawTrieUtf8);

    internal ReadOnlySpan<TrieNode> NormalizedTrie => Items<TrieNode>(_header.NormalizedTrie);

    internal ReadOnlySpan<TemplatePiece> SingleTemplate => Items<TemplatePiece>(_header.SingleTemplate);

    internal ReadOnlySpan<TemplatePiece> PairTemplate => Items<TemplatePiece>(_header.PairTemplate);

    /// <summary>Id of a token of the vocabulary by its text in UTF-8, or −1.</summary>
    internal int IdOf(ReadOnlySpan<byte> text) => VocabularyTable.OfTexts(this).IdOf(text);

    /// <summary>Whether a token has that id.</summary>
    internal bool HasText(int id) => (uint)id < (uint)IdCount && (Items<uint>(_header.TextOffsets)[id] & MissingText) == 0;

    /// <summary>Text of the token of that id in UTF-8; empty where no token has it.</summary>
    internal ReadOnlySpan<byte> TextOf(int id)
    {
        ReadOnlySpan<uint> offsets = Items<uint>(_header.TextOffsets);
        CheckId(id);
        uint start = offsets[id] & ~MissingText;
        uint end = offsets[id + 1] & ~MissingText;
        ReadOnlySpan<byte> texts = Texts;
        if (start > end || end > (uint)texts.Length) Fail($"the text of id {id} lies outside");
        return texts[(int)start..(int)end];
    }

    /// <summary>The same as a string.</summary>
    internal string StringOf(int id) => Encoding.UTF8.GetString(TextOf(id));

    /// <summary>What decoding writes for an added token, in UTF-8.</summary>
    internal ReadOnlySpan<byte> DecodedTextOf(AddedTokenRecord token)
    {
        ReadOnlySpan<byte> texts = Texts;
        long end = (long)token.DecodedStart + token.DecodedLength;
        if (token.DecodedStart < 0 || token.DecodedLength < 0 || end > texts.Length) Fail($"the decoded text of id {token.Id} lies outside");
        return texts.Slice(token.DecodedStart, token.DecodedLength);
    }

    /// <summary>A character map as SentencePiece packs it.</summary>
    internal ReadOnlySpan<byte> CharacterMap(int index)
    {
        ReadOnlySpan<uint> offsets = Items<uint>(_header.CharacterMapOffsets);
        ReadOnlySpan<byte> maps = Items<byte>(_header.CharacterMaps);
        if (index < 0 || index + 1 >= offsets.Length) Fail($"it lacks the character map {index}");
        (uint start, uint end) = (offsets[index], offsets[index + 1]);
        if (start > end || end > (uint)maps.Length) Fail($"the character map {index} lies outside");
        return maps[(int)start..(int)end];
    }

    [DoesNotReturn]
    internal static void Fail(string what) => throw new InvalidDataException($"The packed tokenizer is damaged or foreign: {what}.");

    [DoesNotReturn]
    internal void FailId(int id) => Fail($"it names the id {id} and has {IdCount}");

    private ReadOnlySpan<T> Items<T>(TokenizerHeader.Part part) where T : unmanaged => new(_data + part.Offset, part.Count);

    private void CheckParts()
    {
        Check<VocabularySlot>(_header.Slots, "vocabulary table");
        Check<VocabularySlot>(_header.Words, "table of words");
        Check<uint>(_header.TextOffsets, "text offsets");
        Check<byte>(_header.Texts, "texts");
        Check<byte>(_header.Prefix, "prefix");
        Check<byte>(_header.Suffix, "suffix");
        Check<MergeSlot>(_header.Merges, "merges");
        Check<double>(_header.Scores, "scores");
        Check<PieceUnit>(_header.Pieces, "trie of pieces");
        Check<uint>(_header.CharacterMapOffsets, "offsets of character maps");
        Check<byte>(_header.CharacterMaps, "character maps");
        Check<AddedTokenRecord>(_header.AddedTokens, "added tokens");
        Check<TrieNode>(_header.RawTrie, "trie of raw added tokens");
        Check<TrieNode>(_header.RawTrieUtf8, "trie of raw added tokens in UTF-8");
        Check<TrieNode>(_header.NormalizedTrie, "trie of normalised added tokens");
        Check<TemplatePiece>(_header.SingleTemplate, "template for one text");
        Check<TemplatePiece>(_header.PairTemplate, "template for a pair");
    }

    private void Check<T>(TokenizerHeader.Part part, string name) where T : unmanaged
    {
        long bytes = (long)part.Count * sizeof(T);
        bool inside = part.Count >= 0 && part.Offset >= sizeof(TokenizerHeader) && part.Offset <= _header.Length - bytes;
        if (!inside || part.Offset % TokenizerHeader.Alignment != 0) Fail($"its {name} lie outside ({part.Count} items at byte {part.Offset})");
    }

    private void CheckId(int id)
    {
        if ((uint)id >= (uint)IdCount) FailId(id);
    }

    private void CheckTemplate(ReadOnlySpan<TemplatePiece> template, bool pair)
    {
        int first = 0;
        int second = 0;
        foreach (TemplatePiece piece in template)
        {
            if (piece.Id == TemplatePiece.First) first++;
            else if (piece.Id == TemplatePiece.Second) second++;
            else CheckId(piece.Id);
        }

        if (first != 1 || second != (pair ? 1 : 0)) Fail("a template does not use each text once");
    }
}
