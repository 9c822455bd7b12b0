namespace BertCompiler.Tokenization;

/// <summary>
/// Byte-pair encoding: a word begins as its characters, and pairs are merged in the order in which they were learnt (Hugging Face
/// tokenizers, models/bpe).
/// </summary>
internal sealed class BpeModel : TokenModel
{
    /// <summary>The letters of bytes, and what else lies below U+0200, are found without hashing.</summary>
    private const int QuickCount = 0x200;
    private const int MostIdsOfCharacter = 4;

    private readonly VocabularyTable _table;
    private readonly MergeTable _merges;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _unknown;
    private readonly bool _fuses;
    private readonly bool _ignoresMerges;
    private readonly ByteTokens? _bytes;
    private readonly int[] _quick = new int[QuickCount];

    public BpeModel(TokenizerSectionView section)
    {
        _table = new(section);
        _merges = new(section);
        _prefix = section.Prefix.ToString();
        _suffix = section.Suffix.ToString();
        _unknown = section.Header.ModelUnknownId;
        TokenizerOptions options = section.Header.Options;
        _fuses = (options & TokenizerOptions.FuseUnknown) != 0;
        _ignoresMerges = (options & TokenizerOptions.IgnoreMerges) != 0;
        if ((options & TokenizerOptions.ByteFallback) != 0) _bytes = new(_table);
        for (int c = 0; c < QuickCount; c++) _quick[c] = _table.IdOf([(char)c]);
    }

    /// <inheritdoc/>
    public override void Encode(TokenizerScratch scratch, NormalizedText text, int start, int end, int word)
    {
        ReadOnlySpan<char> characters = text.Characters[..end];
        PieceList output = scratch.Pieces;
        if (_ignoresMerges && _table.IdOf(characters[start..]) is >= 0 and int whole)
        {
            output.Add(whole, text.StartOf(start), text.EndOf(end - 1), word);
            return;
        }

        BpeWord symbols = scratch.Symbols;
        symbols.Clear();
        Begin(characters, start, symbols);
        symbols.Merge(_merges);
        for (int i = 0; i < symbols.Count; i++) output.Add(symbols.IdOf(i), text.StartOf(symbols.StartOf(i)), text.EndOf(symbols.EndOf(i) - 1), word);
    }

    /// <summary>Adds the characters of a word: known ones as their token, others as those of their bytes, or unknown.</summary>
    private void Begin(ReadOnlySpan<char> text, int start, BpeWord symbols)
    {
        Span<int> bytes = stackalloc int[MostIdsOfCharacter];
        int unknownStart = -1;
        int unknownEnd = -1;
        for (int at = start; at < text.Length;)
        {
            int end = at + UnicodeTables.UnitsOf(UnicodeTables.CodePointAt(text, at));
            int id = IdOf(text[at..end], isFirst: at == start, isLast: end == text.Length);
            if (id >= 0)
            {
                if (unknownStart >= 0) symbols.Add(_unknown, unknownStart, unknownEnd);
                unknownStart = -1;
                symbols.Add(id, at, end);
            }
            else if (_bytes is not null && _bytes.TryGet(text[at..end], bytes, out int count))
            {
                foreach (int b in bytes[..count]) symbols.Add(b, at, end);
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

    private int IdOf(ReadOnlySpan<char> character, bool isFirst, bool isLast)
    {
        ReadOnlySpan<char> prefix = isFirst ? "" : _prefix;
        ReadOnlySpan<char> suffix = isLast ? _suffix : "";
        if (prefix.Length + suffix.Length == 0) return character[0] < QuickCount ? _quick[character[0]] : _table.IdOf(character);
        const int room = 64;
        int length = prefix.Length + character.Length + suffix.Length;
        if (length > room) return -1;
        Span<char> token = stackalloc char[room];
        prefix.CopyTo(token);
        character.CopyTo(token[prefix.Length..]);
        suffix.CopyTo(token[(prefix.Length + character.Length)..]);
        return _table.IdOf(token[..length]);
    }
}
