namespace BertCompiler.Tokenization;

/// <summary>The switches of a packed tokenizer that belong to no single step.</summary>
[Flags]
internal enum TokenizerOptions : uint
{
    None = 0,

    /// <summary>White space at the ends of a token's text is cut from its offsets (RoBERTa's post-processor).</summary>
    TrimOffsets = 1 << 0,

    /// <summary>With <see cref="TrimOffsets"/>: a first space is not cut at the beginning of the text.</summary>
    AddPrefixSpace = 1 << 1,

    /// <summary>
    /// Windows that overflow take their type ids from the template (RoBERTa's post-processor); without it, 0 in the first text and 1 in
    /// the second, whatever the template says for the first window. Where special tokens are not wanted, the latter holds always.
    /// </summary>
    OverflowTypesFromTemplate = 1 << 2,

    /// <summary>Byte-pair encoding: neighbouring unknown characters are one unknown token.</summary>
    FuseUnknown = 1 << 3,

    /// <summary>What the vocabulary cannot spell is spelt in the tokens of its bytes, &lt;0x00&gt; … &lt;0xFF&gt;.</summary>
    ByteFallback = 1 << 4,

    /// <summary>Byte-pair encoding: a word that is in the vocabulary is one token, whatever the merges say.</summary>
    IgnoreMerges = 1 << 5,

    /// <summary>A text that is too long loses its beginning, where the caller does not say otherwise.</summary>
    TruncateLeft = 1 << 6,
}
