namespace BertCompiler.Tokenization;

/// <summary>The switches of BERT's normaliser.</summary>
[Flags]
internal enum BertNormalizerOptions : uint
{
    None = 0,

    /// <summary>Drop control characters, make every white space a space (<c>clean_text</c>).</summary>
    CleanText = 1 << 0,

    /// <summary>A space on both sides of every CJK ideograph (<c>handle_chinese_chars</c>).</summary>
    HandleChineseChars = 1 << 1,

    /// <summary>Decompose, then drop accents.</summary>
    StripAccents = 1 << 2,

    Lowercase = 1 << 3,
}
