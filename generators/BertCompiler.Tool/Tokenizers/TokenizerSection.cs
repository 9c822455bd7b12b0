using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Models;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Writes the packed tokenizer section that <see cref="TokenizerTables"/> reads. Same description, same bytes.</summary>
internal static class TokenizerSection
{
    /// <summary>Writes the section from the stream's present position, which counts as its start.</summary>
    /// <exception cref="InvalidDataException">The vocabulary cannot be packed: its hashes collide, or a text is none.</exception>
    public static void Write(TokenizerDescription tokenizer, Stream stream)
    {
        byte[] section = ToArray(tokenizer);
        stream.Write(section);
    }

    /// <summary>The section's bytes.</summary>
    /// <exception cref="InvalidDataException">The vocabulary cannot be packed: its hashes collide, or a text is none.</exception>
    public static byte[] ToArray(TokenizerDescription tokenizer)
    {
        var texts = new PackedTexts(tokenizer);
        (ulong seed, VocabularySlot[] slots) = HashTableBuilder.Build(tokenizer.Pieces, texts);
        (ulong mergeSeed, MergeSlot[] merges) = MergeTableBuilder.Build(tokenizer.Merges);
        var pieces = new PieceTrieBuilder();
        uint beginRoot = AddPieces(pieces, tokenizer);
        uint continuationRoot = AddContinuations(pieces, tokenizer);
        string[] searchTexts = NormalForms.Of(tokenizer.AddedTokens, tokenizer.Normalizers, tokenizer.CharacterMaps);
        List<KeyValuePair<string, int>> raw = SearchTexts(tokenizer, searchTexts, normalized: false);
        List<KeyValuePair<string, int>> normalized = SearchTexts(tokenizer, searchTexts, normalized: true);
        AddedTokenRecord[] added = AddedTokens(tokenizer, searchTexts, texts);
        (uint[] mapOffsets, byte[] maps) = CharacterMaps(tokenizer);
        var bytes = new MemoryStream();
        bytes.Write(new byte[Unsafe.SizeOf<TokenizerHeader>()]);
        var header = new TokenizerHeader
        {
            Magic = TokenizerHeader.ExpectedMagic,
            Version = TokenizerHeader.CurrentVersion,
            Options = tokenizer.Options,
            Model = tokenizer.Model,
            MaxWordLength = tokenizer.MaxWordLength,
            LongestPiece = tokenizer.Pieces.Max(p => texts.TextOf(p.Id).Length),
            HashSeed = seed,
            MergeSeed = mergeSeed,
            ModelUnknownId = tokenizer.ModelUnknownId,
            BeginRoot = beginRoot,
            ContinuationRoot = continuationRoot,
            UnknownScore = tokenizer.UnknownScore,
            UnknownId = tokenizer.Special.Unknown,
            ClsId = tokenizer.Special.Cls,
            SepId = tokenizer.Special.Sep,
            MaskId = tokenizer.Special.Mask,
            PadId = tokenizer.Special.Pad,
            PadTypeId = tokenizer.Padding?.TypeId ?? 0,
            Slots = Part<VocabularySlot>(bytes, slots),
            TextOffsets = Part<uint>(bytes, texts.Offsets),
            Texts = Part(bytes, texts.Bytes),
            Prefix = Part<byte>(bytes, PackedTexts.ToUtf8(tokenizer.ContinuationPrefix)),
            Suffix = Part<byte>(bytes, PackedTexts.ToUtf8(tokenizer.Suffix)),
            Merges = Part<MergeSlot>(bytes, merges),
            Scores = Part<double>(bytes, Scores(tokenizer)),
            Pieces = Part<PieceUnit>(bytes, HasTrie(tokenizer) ? pieces.Units : []),
            CharacterMapOffsets = Part<uint>(bytes, mapOffsets),
            CharacterMaps = Part<byte>(bytes, maps),
            AddedTokens = Part<AddedTokenRecord>(bytes, added),
            RawTrie = Part<TrieNode>(bytes, TrieBuilder.Build(raw)),
            RawTrieUtf8 = Part<TrieNode>(bytes, TrieBuilder.BuildUtf8(raw)),
            NormalizedTrie = Part<TrieNode>(bytes, TrieBuilder.BuildUtf8(normalized)),
            SingleTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.SingleTemplate]),
            PairTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.PairTemplate]),
        };
        Align(bytes);
        header.Length = bytes.Length;
        byte[] section = bytes.ToArray();
        MemoryMarshal.Write(section, header);
        WholeWords.Mark(section);
        return section;
    }

    private static bool HasTrie(TokenizerDescription tokenizer) => tokenizer.Model is TokenizerModelKind.WordPiece or TokenizerModelKind.Unigram;

    /// <summary>Adds the pieces that may begin a word: all.</summary>
    private static uint AddPieces(PieceTrieBuilder trie, TokenizerDescription tokenizer)
    {
        if (!HasTrie(tokenizer)) return PieceUnit.NoBase;
        if (tokenizer.IdCount > PieceUnit.MostIds) throw new InvalidDataException($"the vocabulary has ids up to {tokenizer.IdCount - 1}; at most {PieceUnit.MostIds} ids are supported");
        var pieces = new List<(byte[], int)>(tokenizer.Pieces.Count);
        foreach (VocabularyPiece piece in tokenizer.Pieces)
        {
            if (piece.Text.Length > 0) pieces.Add((PackedTexts.ToUtf8(piece.Text), piece.Id));
        }

        return trie.Add(pieces);
    }

    /// <summary>WordPiece: adds the pieces that continue a word, without the prefix.</summary>
    private static uint AddContinuations(PieceTrieBuilder trie, TokenizerDescription tokenizer)
    {
        if (tokenizer.Model != TokenizerModelKind.WordPiece) return PieceUnit.NoBase;
        byte[] prefix = PackedTexts.ToUtf8(tokenizer.ContinuationPrefix);
        var pieces = new List<(byte[], int)>();
        foreach (VocabularyPiece piece in tokenizer.Pieces)
        {
            byte[] text = PackedTexts.ToUtf8(piece.Text);
            if (text.Length > prefix.Length && text.AsSpan().StartsWith(prefix)) pieces.Add((text[prefix.Length..], piece.Id));
        }

        return trie.Add(pieces);
    }

    private static (uint[] Offsets, byte[] Maps) CharacterMaps(TokenizerDescription tokenizer)
    {
        IReadOnlyList<byte[]> maps = tokenizer.CharacterMaps;
        var offsets = new uint[maps.Count + 1];
        for (int i = 0; i < maps.Count; i++) offsets[i + 1] = checked(offsets[i] + (uint)maps[i].Length);
        return (offsets, [.. maps.SelectMany(m => m)]);
    }

    /// <summary>Added tokens that the model lacks are never looked for by it; their score is not used.</summary>
    private static double[] Scores(TokenizerDescription tokenizer)
    {
        if (tokenizer.Model != TokenizerModelKind.Unigram) return [];
        var scores = new double[tokenizer.IdCount];
        for (int id = 0; id < tokenizer.Scores.Count; id++) scores[id] = tokenizer.Scores[id];
        return scores;
    }

    private static List<KeyValuePair<string, int>> SearchTexts(TokenizerDescription tokenizer, string[] searchTexts, bool normalized)
    {
        var texts = new List<KeyValuePair<string, int>>();
        for (int i = 0; i < searchTexts.Length; i++)
        {
            if ((tokenizer.AddedTokens[i].Flags & AddedTokenFlags.Normalized) != 0 == normalized) texts.Add(new(searchTexts[i], i));
        }

        return texts;
    }

    /// <summary>The records of the added tokens; what decoding writes for them is added to the texts.</summary>
    private static AddedTokenRecord[] AddedTokens(TokenizerDescription tokenizer, string[] searchTexts, PackedTexts texts)
    {
        var specials = tokenizer.AddedTokens.Where(t => (t.Flags & AddedTokenFlags.Special) != 0).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        var records = new AddedTokenRecord[searchTexts.Length];
        for (int i = 0; i < records.Length; i++)
        {
            AddedToken token = tokenizer.AddedTokens[i];
            AddedTokenFlags flags = token.Flags | (specials.Contains(searchTexts[i]) ? AddedTokenFlags.SkippedOnRequest : 0);
            (int start, int length) = texts.Add(searchTexts[i]);
            records[i] = new() { Id = token.Id, Flags = flags, DecodedStart = start, DecodedLength = length };
        }

        return records;
    }

    private static TokenizerHeader.Part Part<T>(MemoryStream bytes, ReadOnlySpan<T> items) where T : unmanaged
    {
        Align(bytes);
        var part = new TokenizerHeader.Part { Offset = bytes.Length, Count = items.Length };
        bytes.Write(MemoryMarshal.AsBytes(items));
        return part;
    }

    private static void Align(MemoryStream bytes)
    {
        int over = (int)(bytes.Length % TokenizerHeader.Alignment);
        if (over != 0) bytes.Write(new byte[TokenizerHeader.Alignment - over]);
    }
}
