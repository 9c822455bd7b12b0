using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BertCompiler.Tokenization;

/// <summary>
/// A packed tokenizer section, read where it lies. Opening checks the header and that every part is inside; what the parts hold is checked
/// where it is used, so that a damaged section gives an <see cref="InvalidDataException"/> and never a read outside.
/// </summary>
internal sealed unsafe class TokenizerSectionView
{
    private const uint MissingText = 0x80000000;

    private readonly byte* _data;
    private readonly TokenizerHeader _header;

    public TokenizerSectionView(nint data, long length)
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
        Check<VocabularySlot>(_header.Slots, "vocabulary table");
        Check<uint>(_header.TextOffsets, "text offsets");
        Check<char>(_header.Characters, "texts");
        Check<char>(_header.Prefix, "prefix");
        Check<char>(_header.Suffix, "suffix");
        Check<MergeSlot>(_header.Merges, "merges");
        Check<double>(_header.Scores, "scores");
        Check<TrieNode>(_header.Pieces, "trie of pieces");
        Check<StepRecord>(_header.Normalizers, "normalisers");
        Check<StepRecord>(_header.PreTokenizers, "pre-tokenizers");
        Check<StepRecord>(_header.Decoders, "decoders");
        Check<char>(_header.StepTexts, "texts of steps");
        Check<PatternAlternative>(_header.Patterns, "patterns");
        Check<byte>(_header.StepData, "data of steps");
        Check<AddedTokenRecord>(_header.AddedTokens, "added tokens");
        Check<TrieNode>(_header.RawTrie, "trie of raw added tokens");
        Check<TrieNode>(_header.NormalizedTrie, "trie of normalised added tokens");
        Check<TemplatePiece>(_header.SingleTemplate, "template for one text");
        Check<TemplatePiece>(_header.PairTemplate, "template for a pair");
        if (_header.TextOffsets.Count < 2) Fail("it has no vocabulary");
        if (_header.Slots.Count < 1 || (_header.Slots.Count & (_header.Slots.Count - 1)) != 0) Fail("its table size is not a power of two");
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

    public ref readonly TokenizerHeader Header => ref _header;

    /// <summary>One more than the greatest id.</summary>
    public int IdCount => _header.TextOffsets.Count - 1;

    public ReadOnlySpan<VocabularySlot> Slots => Items<VocabularySlot>(_header.Slots);

    public ReadOnlySpan<char> Prefix => Items<char>(_header.Prefix);

    public ReadOnlySpan<char> Suffix => Items<char>(_header.Suffix);

    public ReadOnlySpan<MergeSlot> Merges => Items<MergeSlot>(_header.Merges);

    public ReadOnlySpan<double> Scores => Items<double>(_header.Scores);

    public ReadOnlySpan<TrieNode> Pieces => Items<TrieNode>(_header.Pieces);

    public ReadOnlySpan<StepRecord> Normalizers => Items<StepRecord>(_header.Normalizers);

    public ReadOnlySpan<StepRecord> PreTokenizers => Items<StepRecord>(_header.PreTokenizers);

    public ReadOnlySpan<StepRecord> Decoders => Items<StepRecord>(_header.Decoders);

    public ReadOnlySpan<AddedTokenRecord> AddedTokens => Items<AddedTokenRecord>(_header.AddedTokens);

    public ReadOnlySpan<TrieNode> RawTrie => Items<TrieNode>(_header.RawTrie);

    public ReadOnlySpan<TrieNode> NormalizedTrie => Items<TrieNode>(_header.NormalizedTrie);

    public ReadOnlySpan<TemplatePiece> SingleTemplate => Items<TemplatePiece>(_header.SingleTemplate);

    public ReadOnlySpan<TemplatePiece> PairTemplate => Items<TemplatePiece>(_header.PairTemplate);

    /// <summary>Whether a token has that id.</summary>
    public bool HasText(int id) => (uint)id < (uint)IdCount && (Items<uint>(_header.TextOffsets)[id] & MissingText) == 0;

    /// <summary>Text of the token of that id; empty where no token has it.</summary>
    public ReadOnlySpan<char> TextOf(int id)
    {
        ReadOnlySpan<uint> offsets = Items<uint>(_header.TextOffsets);
        if ((uint)id >= (uint)IdCount) Fail($"it names the id {id} and has {IdCount}");
        uint start = offsets[id] & ~MissingText;
        uint end = offsets[id + 1] & ~MissingText;
        ReadOnlySpan<char> texts = Items<char>(_header.Characters);
        if (start > end || end > (uint)texts.Length) Fail($"the text of id {id} lies outside");
        return texts[(int)start..(int)end];
    }

    /// <summary>What decoding writes for an added token.</summary>
    public ReadOnlySpan<char> DecodedTextOf(AddedTokenRecord token)
    {
        ReadOnlySpan<char> texts = Items<char>(_header.Characters);
        long end = (long)token.DecodedStart + token.DecodedLength;
        if (token.DecodedStart < 0 || token.DecodedLength < 0 || end > texts.Length) Fail($"the decoded text of id {token.Id} lies outside");
        return texts.Slice(token.DecodedStart, token.DecodedLength);
    }

    /// <summary>A text of a step.</summary>
    public ReadOnlySpan<char> StepText(int start, int length) => Slice(Items<char>(_header.StepTexts), start, length, "text");

    public ReadOnlySpan<PatternAlternative> Pattern(StepRecord step)
        => Slice(Items<PatternAlternative>(_header.Patterns), step.PatternStart, step.PatternCount, "pattern");

    public ReadOnlySpan<byte> StepData(StepRecord step) => Slice(Items<byte>(_header.StepData), step.DataStart, step.DataLength, "data");

    [DoesNotReturn]
    public static void Fail(string what) => throw new InvalidDataException($"The packed tokenizer is damaged or foreign: {what}.");

    private static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> items, int start, int length, string name)
    {
        if (start < 0 || length < 0 || (long)start + length > items.Length) Fail($"the {name} of a step lies outside");
        return items.Slice(start, length);
    }

    private ReadOnlySpan<T> Items<T>(TokenizerHeader.Part part) where T : unmanaged => new(_data + part.Offset, part.Count);

    private void Check<T>(TokenizerHeader.Part part, string name) where T : unmanaged
    {
        long bytes = (long)part.Count * sizeof(T);
        bool inside = part.Count >= 0 && part.Offset >= sizeof(TokenizerHeader) && part.Offset <= _header.Length - bytes;
        if (!inside || part.Offset % TokenizerHeader.Alignment != 0) Fail($"its {name} lie outside ({part.Count} items at byte {part.Offset})");
    }

    private void CheckId(int id)
    {
        if ((uint)id >= (uint)IdCount) Fail($"it names the id {id} and has {IdCount}");
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
