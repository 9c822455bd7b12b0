using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Models;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>Writes the packed tokenizer section that <see cref="Tokenizer.Open"/> reads. Same description, same bytes.</summary>
internal static class TokenizerSection
{
    private const uint MissingText = 0x80000000;

    /// <summary>Writes the section from the stream's present position, which counts as its start.</summary>
    /// <exception cref="InvalidDataException">The vocabulary cannot be hashed.</exception>
    public static void Write(TokenizerDescription tokenizer, Stream stream)
    {
        byte[] section = ToArray(tokenizer);
        stream.Write(section);
    }

    /// <summary>The section's bytes.</summary>
    /// <exception cref="InvalidDataException">The vocabulary cannot be hashed.</exception>
    public static byte[] ToArray(TokenizerDescription tokenizer)
    {
        bool wordPiece = tokenizer.Model == TokenizerModelKind.WordPiece;
        (uint seed, VocabularySlot[] slots) = HashTableBuilder.Build(tokenizer.Pieces, wordPiece ? tokenizer.ContinuationPrefix : null);
        (uint mergeSeed, MergeSlot[] merges) = MergeTableBuilder.Build(tokenizer.Merges);
        (uint[] offsets, string characters) = Texts(tokenizer);
        string[] searchTexts = NormalForms.Of(tokenizer.AddedTokens, tokenizer.Normalizers, tokenizer.CharacterMaps);
        (AddedTokenRecord[] added, string decoded) = AddedTokens(tokenizer, searchTexts, characters.Length);
        var steps = new StepPacker();
        var bytes = new MemoryStream();
        bytes.Write(new byte[Unsafe.SizeOf<TokenizerHeader>()]);
        var header = new TokenizerHeader
        {
            Magic = TokenizerHeader.ExpectedMagic,
            Version = TokenizerHeader.CurrentVersion,
            Options = tokenizer.Options | (PauseRule.Holds(tokenizer, searchTexts) ? TokenizerOptions.MayPause : 0),
            Model = tokenizer.Model,
            MaxWordLength = tokenizer.MaxWordLength,
            LongestPiece = tokenizer.Pieces.Max(p => p.Text.Length),
            HashSeed = seed,
            MergeSeed = mergeSeed,
            ModelUnknownId = tokenizer.ModelUnknownId,
            UnknownScore = tokenizer.UnknownScore,
            UnknownId = tokenizer.Special.Unknown,
            ClsId = tokenizer.Special.Cls,
            SepId = tokenizer.Special.Sep,
            MaskId = tokenizer.Special.Mask,
            PadId = tokenizer.Special.Pad,
            PadTypeId = tokenizer.Padding?.TypeId ?? 0,
            Slots = Part<VocabularySlot>(bytes, slots),
            TextOffsets = Part<uint>(bytes, offsets),
            Characters = Part<char>(bytes, characters + decoded),
            Prefix = Part<char>(bytes, tokenizer.ContinuationPrefix),
            Suffix = Part<char>(bytes, tokenizer.Suffix),
            Merges = Part<MergeSlot>(bytes, merges),
            Scores = Part<double>(bytes, Scores(tokenizer)),
            Pieces = Part<TrieNode>(bytes, PieceTrie(tokenizer)),
            Normalizers = Part<StepRecord>(bytes, steps.Pack(tokenizer.Normalizers)),
            PreTokenizers = Part<StepRecord>(bytes, steps.Pack(tokenizer.PreTokenizers)),
            Decoders = Part<StepRecord>(bytes, steps.Pack(tokenizer.Decoders)),
            StepTexts = Part<char>(bytes, steps.Texts),
            Patterns = Part<PatternAlternative>(bytes, steps.Patterns),
            StepData = Part<byte>(bytes, steps.Data),
            AddedTokens = Part<AddedTokenRecord>(bytes, added),
            RawTrie = Part<TrieNode>(bytes, TrieBuilder.Build(SearchTexts(tokenizer, searchTexts, normalized: false))),
            NormalizedTrie = Part<TrieNode>(bytes, TrieBuilder.Build(SearchTexts(tokenizer, searchTexts, normalized: true))),
            SingleTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.SingleTemplate]),
            PairTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.PairTemplate]),
        };
        Align(bytes);
        header.Length = bytes.Length;
        byte[] section = bytes.ToArray();
        MemoryMarshal.Write(section, header);
        return section;
    }

    /// <summary>Added tokens that the model lacks are never looked for by it; their score is not used.</summary>
    private static double[] Scores(TokenizerDescription tokenizer)
    {
        if (tokenizer.Model != TokenizerModelKind.Unigram) return [];
        var scores = new double[tokenizer.IdCount];
        for (int id = 0; id < tokenizer.Scores.Count; id++) scores[id] = tokenizer.Scores[id];
        return scores;
    }

    private static TrieNode[] PieceTrie(TokenizerDescription tokenizer) => tokenizer.Model != TokenizerModelKind.Unigram ? []
        : TrieBuilder.Build([.. tokenizer.Pieces.Where(p => p.Text.Length > 0).Select(p => new KeyValuePair<string, int>(p.Text, p.Id))]);

    private static List<KeyValuePair<string, int>> SearchTexts(TokenizerDescription tokenizer, string[] searchTexts, bool normalized)
    {
        var texts = new List<KeyValuePair<string, int>>();
        for (int i = 0; i < searchTexts.Length; i++)
        {
            if ((tokenizer.AddedTokens[i].Flags & AddedTokenFlags.Normalized) != 0 == normalized) texts.Add(new(searchTexts[i], i));
        }

        return texts;
    }

    /// <summary>The records of the added tokens, and what decoding writes for them, which lies from <paramref name="start"/> on in the texts.</summary>
    private static (AddedTokenRecord[] Records, string Decoded) AddedTokens(TokenizerDescription tokenizer, string[] searchTexts, int start)
    {
        var specials = tokenizer.AddedTokens.Where(t => (t.Flags & AddedTokenFlags.Special) != 0).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        var records = new AddedTokenRecord[searchTexts.Length];
        var decoded = new StringBuilder();
        for (int i = 0; i < records.Length; i++)
        {
            AddedToken token = tokenizer.AddedTokens[i];
            AddedTokenFlags flags = token.Flags | (specials.Contains(searchTexts[i]) ? AddedTokenFlags.SkippedOnRequest : 0);
            records[i] = new() { Id = token.Id, Flags = flags, DecodedStart = start + decoded.Length, DecodedLength = searchTexts[i].Length };
            decoded.Append(searchTexts[i]);
        }

        return (records, decoded.ToString());
    }

    private static (uint[] Offsets, string Characters) Texts(TokenizerDescription tokenizer)
    {
        var texts = new string?[tokenizer.IdCount];
        foreach ((string text, int id) in tokenizer.Pieces) texts[id] = text;
        foreach (AddedToken token in tokenizer.AddedTokens) texts[token.Id] = token.Text;
        var offsets = new uint[texts.Length + 1];
        uint end = 0;
        for (int id = 0; id < texts.Length; id++)
        {
            offsets[id] = texts[id] is null ? end | MissingText : end;
            end = checked(end + (uint)(texts[id]?.Length ?? 0));
        }

        offsets[^1] = end;
        return (offsets, string.Concat(texts));
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
