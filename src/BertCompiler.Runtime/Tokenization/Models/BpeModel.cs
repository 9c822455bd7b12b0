namespace BertCompiler.Tokenization;

/// <summary>
/// Byte-pair encoding: a word begins as its characters, and pairs are merged in the order in which they were learnt (Hugging Face
/// tokenizers, models/bpe).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BpeModel : TokenModel
{
    /// <summary>The letters of bytes, and what else lies below U+0200, are found without hashing.</summary>
    private const int QuickCount = 0x200;

    /// <summary>Bytes of prefix, character and suffix together; more are not supported.</summary>
    private const int MostAffixed = 128;

    private readonly int _unknown;
    private readonly bool _fuses;
    private readonly bool _ignoresMerges;
    private readonly bool _hasAffixes;
    private readonly ByteTokens? _bytes;
    private readonly int[] _quick = new int[QuickCount];

    /// <summary>Takes the packed tables.</summary>
    public BpeModel(TokenizerTables tables)
        : base(tables)
    {
        _unknown = tables.Header.ModelUnknownId;
        TokenizerOptions options = tables.Header.Options;
        _fuses = (options & TokenizerOptions.FuseUnknown) != 0;
        _ignoresMerges = (options & TokenizerOptions.IgnoreMerges) != 0;
        _hasAffixes = tables.Prefix.Length + tables.Suffix.Length > 0;
        if ((options & TokenizerOptions.ByteFallback) != 0) _bytes = new(tables);
        var vocabulary = VocabularyTable.OfTexts(tables);
        Span<byte> character = stackalloc byte[Utf8Bytes.Most];
        for (int c = 0; c < QuickCount; c++) _quick[c] = vocabulary.IdOf(character[..Utf8Bytes.Write(c, character)]);
    }

    /// <inheritdoc/>
    private protected override void Cut(NormalizedText text, int start, int end, int word, TokenizerScratch scratch)
    {
        ReadOnlySpan<byte> bytes = text.Bytes[..end];
        PieceList output = scratch.Pieces;
        if (_ignoresMerges && Tables.IdOf(bytes[start..]) is >= 0 and int whole)
        {
            output.Add(whole, text.StartOf(start), text.EndOf(end - 1), word);
            return;
        }

        BpeWord symbols = scratch.Symbols;
        symbols.Clear();
        Begin(bytes, start, symbols);
        symbols.Merge(new MergeTable(Tables));
        for (int i = 0; i < symbols.Count; i++) output.Add(symbols.IdOf(i), text.StartOf(symbols.StartOf(i)), text.EndOf(symbols.EndOf(i) - 1), word);
    }

    /// <summary>Adds the characters of a word: known ones as their token, others as those of their bytes, or unknown.</summary>
    private void Begin(ReadOnlySpan<byte> text, int start, BpeWord symbols)
    {
        int unknownStart = -1;
        int unknownEnd = -1;
        for (int at = start; at < text.Length;)
        {
            int id = IdAt(text, start, at, out int end);
            if (id >= 0)
            {
                if (unknownStart >= 0) symbols.Add(_unknown, unknownStart, unknownEnd);
                unknownStart = -1;
                symbols.Add(id, at, end);
            }
            else if (_bytes is not null && _bytes.Spells(text[at..end]))
            {
                // As in the reference, an unknown character that waits is not written before these.
                foreach (byte b in text[at..end]) symbols.Add(_bytes.IdOf(b), at, end);
            }
            else if (_unknown >= 0)
            {
                if (unknownStart >= 0 && !_fuses)
                {
                    symbols.Add(_unknown, unknownStart, unknownEnd);
                    unknownStart = -1;
                }

                if (unknownStart < 0) unknownStart = at;
                unknownEnd = end;
            }

            at = end;
        }

        if (unknownStart >= 0) symbols.Add(_unknown, unknownStart, unknownEnd);
    }

    /// <summary>Id of the token of the character at <paramref name="at"/> of a word that begins at <paramref name="start"/>, or −1.</summary>
    private int IdAt(ReadOnlySpan<byte> text, int start, int at, out int end)
    {
        int codePoint = Utf8Text.CodePointAt(text, at, out int length);
        end = at + length;
        if (_hasAffixes) return IdOfAffixed(text[at..end], isFirst: at == start, isLast: end == text.Length);
        return codePoint < QuickCount ? _quick[codePoint] : Tables.IdOf(text[at..end]);
    }

    private int IdOfAffixed(ReadOnlySpan<byte> character, bool isFirst, bool isLast)
    {
        ReadOnlySpan<byte> prefix = isFirst ? [] : Tables.Prefix;
        ReadOnlySpan<byte> suffix = isLast ? Tables.Suffix : [];
        long length = (long)prefix.Length + character.Length + suffix.Length;
        if (length > MostAffixed) return -1;
        Span<byte> token = stackalloc byte[MostAffixed];
        prefix.CopyTo(token);
        character.CopyTo(token[prefix.Length..]);
        suffix.CopyTo(token[(prefix.Length + character.Length)..]);
        return Tables.IdOf(token[..(int)length]);
    }
}
