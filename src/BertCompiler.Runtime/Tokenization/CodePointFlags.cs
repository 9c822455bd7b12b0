namespace BertCompiler.Tokenization;

/// <summary>What the tokenizers ask about one Unicode code point; one bit a question.</summary>
[Flags]
internal enum CodePointFlags : ushort
{
    /// <summary>An ordinary part of a word.</summary>
    None = 0,

    /// <summary><c>clean_text</c> drops it.</summary>
    CleanDrops = 1 << 0,

    /// <summary><c>clean_text</c> makes a space of it.</summary>
    CleanSpace = 1 << 1,

    /// <summary><c>handle_chinese_chars</c> puts a space on both sides.</summary>
    Chinese = 1 << 2,

    /// <summary>White space: ends a word and is dropped.</summary>
    WhiteSpace = 1 << 3,

    /// <summary>A word of its own to the BERT pre-tokenizer.</summary>
    Punctuation = 1 << 4,

    /// <summary>Dropped by accent stripping, after decomposition.</summary>
    Accent = 1 << 5,

    /// <summary>Has a canonical decomposition in the table.</summary>
    Decomposes = 1 << 6,

    /// <summary>A Hangul syllable: decomposed by arithmetic.</summary>
    Hangul = 1 << 7,

    /// <summary>U+0130, the one code point whose lower case is two code points.</summary>
    LowerIsPair = 1 << 8,

    /// <summary>Beside it, an added token marked <c>single_word</c> is not found.</summary>
    WordCharacter = 1 << 9,
}
