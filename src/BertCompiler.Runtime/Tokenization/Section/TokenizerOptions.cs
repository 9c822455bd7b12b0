namespace BertCompiler.Tokenization;

/// <summary>The switches of a packed tokenizer.</summary>
[Flags]
internal enum TokenizerOptions : uint
{
    None = 0,

    /// <summary>Drop control characters, make every white space a space (<c>clean_text</c>).</summary>
    CleanText = 1 << 0,

    /// <summary>A space on both sides of every CJK ideograph (<c>handle_chinese_chars</c>).</summary>
    HandleChineseChars = 1 << 1,

    /// <summary>Decompose, then drop accents.</summary>
    StripAccents = 1 << 2,

    Lowercase = 1 << 3,

    /// <summary>Decoding joins pieces as WordPiece does; without it, tokens are joined by spaces.</summary>
    WordPieceDecoder = 1 << 4,

    /// <summary>Decoding takes the spaces before punctuation and in English contractions away.</summary>
    DecoderCleanup = 1 << 5,

    /// <summary>White space at the ends of a token's text is cut from its offsets (RoBERTa's post-processor).</summary>
    TrimOffsets = 1 << 6,

    /// <summary>With <see cref="TrimOffsets"/>: a first space is not cut at the beginning of the text.</summary>
    AddPrefixSpace = 1 << 7,

    /// <summary>
    /// Windows that overflow take their type ids from the template (RoBERTa's post-processor); without it, 0 in the first text and 1 in
    /// the second, whatever the template says for the first window. Where special tokens are not wanted, the latter holds always.
    /// </summary>
    OverflowTypesFromTemplate = 1 << 8,
}
