namespace BertCompiler.Tokenization;

/// <summary>
/// Sets of code points that patterns, splitting and grapheme clusters ask about; one bit a set. They are what the reference library answers,
/// and two of its engines answer differently about words.
/// </summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum CodePointSets : uint
{
    /// <summary>No code point.</summary>
    None = 0,

    /// <summary><c>\p{L}</c>.</summary>
    Letter = 1 << 0,

    /// <summary><c>\p{N}</c>.</summary>
    Number = 1 << 1,

    /// <summary><c>\s</c>.</summary>
    WhiteSpace = 1 << 2,

    /// <summary><c>\w</c> of the pre-tokenizer Whitespace.</summary>
    Word = 1 << 3,

    /// <summary><c>\w</c> in a pattern of Split or Replace.</summary>
    PatternWord = 1 << 4,

    /// <summary><c>\d</c>.</summary>
    Digit = 1 << 5,

    /// <summary><c>\p{M}</c>.</summary>
    Mark = 1 << 6,

    /// <summary><c>\p{P}</c> in a pattern.</summary>
    PatternPunctuation = 1 << 7,

    /// <summary>What the pre-tokenizer Digits splits off.</summary>
    Numeric = 1 << 8,

    /// <summary>What the normaliser StripAccents drops.</summary>
    AccentMark = 1 << 9,

    /// <summary>No grapheme cluster ends before it.</summary>
    JoinsPrevious = 1 << 10,

    /// <summary>A control character: grapheme clusters end before and behind it.</summary>
    BreaksCluster = 1 << 11,

    /// <summary>No grapheme cluster ends behind it.</summary>
    JoinsNext = 1 << 12,

    /// <summary>Has a compatibility decomposition that is not its canonical one.</summary>
    Compatible = 1 << 13,

    /// <summary>What the pre-tokenizers Punctuation and BertPreTokenizer split off.</summary>
    Punctuation = 1 << 14,

    /// <summary><c>\p{S}</c>: from .NET's own table, which is Unicode 16 as the reference's.</summary>
    Symbol = 1 << 15,
}
