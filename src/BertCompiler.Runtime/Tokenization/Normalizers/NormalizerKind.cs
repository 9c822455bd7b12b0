namespace BertCompiler.Tokenization;

/// <summary>The kinds of normalising steps in a packed section, named as in tokenizer.json.</summary>
internal enum NormalizerKind
{
    /// <summary>Flags: <see cref="BertNormalizerOptions"/>.</summary>
    Bert,

    /// <summary>NFD, NFKD, NFC, NFKC. Flags: <see cref="UnicodeFormNormalizer.Flags"/>.</summary>
    UnicodeForm,
    Lowercase,
    StripAccents,

    /// <summary>Flags: <see cref="StripNormalizer.Flags"/>.</summary>
    Strip,

    /// <summary>Pattern, and what it is replaced by as the other text.</summary>
    Replace,

    /// <summary>Text: what is put before.</summary>
    Prepend,
    Nmt,

    /// <summary>Data: SentencePiece's blob.</summary>
    Precompiled,
}
