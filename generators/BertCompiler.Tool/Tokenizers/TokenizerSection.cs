using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using BertCompiler.Tokenization;

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
        (uint seed, VocabularySlot[] slots) = HashTableBuilder.Build(tokenizer.Pieces, tokenizer.ContinuationPrefix);
        (uint[] offsets, string characters) = Texts(tokenizer);
        (AddedTokenRecord[] added, string decoded) = AddedTokens(tokenizer, characters.Length);
        var bytes = new MemoryStream();
        bytes.Write(new byte[Unsafe.SizeOf<TokenizerHeader>()]);
        var header = new TokenizerHeader
        {
            Magic = TokenizerHeader.ExpectedMagic,
            Version = TokenizerHeader.CurrentVersion,
            Options = tokenizer.Options,
            MaxWordLength = tokenizer.MaxWordLength,
            LongestPiece = tokenizer.Pieces.Max(p => p.Text.Length),
            HashSeed = seed,
            UnknownId = tokenizer.UnknownId,
            ClsId = tokenizer.Special.Cls,
            SepId = tokenizer.Special.Sep,
            MaskId = tokenizer.Special.Mask,
            PadId = tokenizer.Special.Pad,
            PadTypeId = tokenizer.Padding?.TypeId ?? 0,
            Slots = Part<VocabularySlot>(bytes, slots),
            TextOffsets = Part<uint>(bytes, offsets),
            Characters = Part<char>(bytes, characters + decoded),
            Prefix = Part<char>(bytes, tokenizer.ContinuationPrefix),
            DecoderPrefix = Part<char>(bytes, tokenizer.DecoderPrefix),
            AddedTokens = Part<AddedTokenRecord>(bytes, added),
            RawTrie = Part<TrieNode>(bytes, TrieBuilder.Build(SearchTexts(tokenizer, normalized: false))),
            NormalizedTrie = Part<TrieNode>(bytes, TrieBuilder.Build(SearchTexts(tokenizer, normalized: true))),
            SingleTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.SingleTemplate]),
            PairTemplate = Part<TemplatePiece>(bytes, [.. tokenizer.PairTemplate]),
        };
        Align(bytes);
        header.Length = bytes.Length;
        byte[] section = bytes.ToArray();
        MemoryMarshal.Write(section, header);
        return section;
    }

    /// <summary>The text by which an added token is found: of one that is searched in normalised text, the normal form.</summary>
    public static string SearchText(AddedToken token, TokenizerOptions options)
    {
        if ((token.Flags & AddedTokenFlags.Normalized) == 0) return token.Text;
        var normalized = new NormalizedText();
        new BertNormalizer(options).Normalize(token.Text, 0, token.Text.Length, normalized, new MarkRun());
        return normalized.Characters.ToString();
    }

    private static List<KeyValuePair<string, int>> SearchTexts(TokenizerDescription tokenizer, bool normalized)
    {
        var texts = new List<KeyValuePair<string, int>>();
        for (int i = 0; i < tokenizer.AddedTokens.Count; i++)
        {
            AddedToken token = tokenizer.AddedTokens[i];
            if ((token.Flags & AddedTokenFlags.Normalized) != 0 != normalized) continue;
            texts.Add(new(SearchText(token, tokenizer.Options), i));
        }

        return texts;
    }

    /// <summary>The records of the added tokens, and what decoding writes for them, which lies from <paramref name="start"/> on in the texts.</summary>
    private static (AddedTokenRecord[] Records, string Decoded) AddedTokens(TokenizerDescription tokenizer, int start)
    {
        var specials = tokenizer.AddedTokens.Where(t => (t.Flags & AddedTokenFlags.Special) != 0).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
        var records = new List<AddedTokenRecord>();
        var decoded = new StringBuilder();
        foreach (AddedToken token in tokenizer.AddedTokens)
        {
            string text = SearchText(token, tokenizer.Options);
            AddedTokenFlags flags = (token.Flags & ~AddedTokenFlags.Special) | (specials.Contains(text) ? AddedTokenFlags.Special : 0);
            records.Add(new() { Id = token.Id, Flags = flags, DecodedStart = start + decoded.Length, DecodedLength = text.Length });
            decoded.Append(text);
        }

        return ([.. records], decoded.ToString());
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
