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
        RefuseGreatIds(tokenizer);
        var texts = new PackedTexts(tokenizer);
        (ulong seed, VocabularySlot[] slots) = HashTableBuilder.Build(tokenizer.Pieces, texts);
        (ulong mergeSeed, MergeSlot[] merges) = MergeTableBuilder.Build(tokenizer.Merges);
        (ulong wordSeed, VocabularySlot[] words) = HashTableBuilder.BuildWords(tokenizer, texts);
        Span<uint> roots = [PieceUnit.NoBase, PieceUnit.NoBase];
        PieceUnit[] pieces = Pieces(tokenizer, roots);
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
            WordSeed = wordSeed,
            MergeSeed = mergeSeed,
            ModelUnknownId = tokenizer.ModelUnknownId,
            BeginRoot = roots[0],
            ContinuationRoot = roots[1],
            UnknownScore = tokenizer.UnknownScore,
            UnknownId = tokenizer.Special.Unknown,
            ClsId = tokenizer.Special.Cls,
            SepId = tokenizer.Special.Sep,
            MaskId = tokenizer.Special.Mask,
            PadId = tokenizer.Special.Pad,
            PadTypeId = tokenizer.Padding?.TypeId ?? 0,
            Slots = Part<VocabularySlot>(bytes, slots),
            Words = Part<VocabularySlot>(bytes, words),
            TextOffsets = Part<uint>(bytes, texts.Offsets),
            Texts = Part(bytes, texts.Bytes),
            Prefix = Part<byte>(bytes, PackedTexts.ToUtf8(tokenizer.ContinuationPrefix)),
            Suffix = Part<byte>(bytes, PackedTexts.ToUtf8(tokenizer.Suffix)),
            Merges = Part<MergeSlot>(bytes, merges),
            Scores = Part<double>(bytes, Scores(tokenizer)),
            Pieces = Part<PieceUnit>(bytes, pieces),
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

    private static bool HasPieces(TokenizerDescription tokenizer) => tokenizer.Model is TokenizerModelKind.WordPiece or TokenizerModelKind.Unigram;

    /// <summary>Before anything is made for so many ids.</summary>
    private static void RefuseGreatIds(TokenizerDescription tokenizer)
    {
        if (HasPieces(tokenizer) && tokenizer.IdCount > PieceUnit.MostIds) throw new InvalidDataException($"the vocabulary has ids up to {tokenizer.IdCount - 1}; at most {PieceUnit.MostIds} ids are supported");
    }

    /// <summary>
    /// The pieces that may begin a word, which are all; and of WordPiece those that continue one, without the prefix.
    /// </summary>
    private static PieceUnit[] Pieces(TokenizerDescription tokenizer, Span<uint> roots)
    {
        if (!HasPieces(tokenizer)) return [];
        bool wordPiece = tokenizer.Model == TokenizerModelKind.WordPiece;
        byte[] prefix = PackedTexts.ToUtf8(tokenizer.ContinuationPrefix);
        var begin = new List<(byte[], int)>(tokenizer.Pieces.Count);
        var continuations = new List<(byte[], int)>();
        foreach (VocabularyPiece piece in tokenizer.Pieces)
        {
            byte[] text = PackedTexts.ToUtf8(piece.Text);
            if (text.Length > 0) begin.Add((text, piece.Id));
            if (wordPiece && text.Length > prefix.Length && text.AsSpan().StartsWith(prefix)) continuations.Add((text[prefix.Length..], piece.Id));
        }

        var trie = new PieceTrieBuilder();
        roots[0] = (uint)trie.Add(begin);
        roots[1] = (uint)trie.Add(continuations);
        return trie.Build(roots);
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
