namespace BertCompiler.Tokenization;

/// <summary>The kinds of decoding steps in a packed section, named as in tokenizer.json.</summary>
internal enum DecoderKind
{
    /// <summary>Text: the prefix. Flags: 1 where spaces before punctuation are taken away.</summary>
    WordPiece,
    ByteLevel,

    /// <summary>Text: the replacement. Flags: 1 where none was put before the first word.</summary>
    Metaspace,

    /// <summary>Text: the suffix.</summary>
    Bpe,

    /// <summary>Text and the other text.</summary>
    Replace,
    ByteFallback,
    Fuse,

    /// <summary>Text: the character. Flags: how many at the start, and from bit 16 on at the end.</summary>
    Strip,
}
