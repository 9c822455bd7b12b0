namespace BertCompiler.Tokenization;

/// <summary>The kinds of splitting steps in a packed section, named as in tokenizer.json.</summary>
internal enum PreTokenizerKind
{
    Bert,

    /// <summary>Flags: <see cref="ByteLevelPreTokenizer.Flags"/>.</summary>
    ByteLevel,

    /// <summary>Text: the replacement. Flags: <see cref="MetaspacePreTokenizer.Flags"/>.</summary>
    Metaspace,
    WhitespaceSplit,
    Whitespace,

    /// <summary>Flags: a <see cref="SplitBehavior"/>.</summary>
    Punctuation,

    /// <summary>Flags: 1 where every digit is apart.</summary>
    Digits,

    /// <summary>Pattern. Flags: a <see cref="SplitBehavior"/>, and <see cref="PatternPreTokenizer.Invert"/>.</summary>
    Split,
}
