namespace BertCompiler.Tokenization;

/// <summary>How an added token is looked for; the names are those of tokenizer.json.</summary>
[Flags]
internal enum AddedTokenFlags : uint
{
    None = 0,

    /// <summary>Only where no word character stands beside it.</summary>
    SingleWord = 1 << 0,

    /// <summary>Takes the white space before it along.</summary>
    LeftStrip = 1 << 1,

    /// <summary>Takes the white space behind it along.</summary>
    RightStrip = 1 << 2,

    /// <summary>Looked for in the normalised text.</summary>
    Normalized = 1 << 3,

    /// <summary>Marked special.</summary>
    Special = 1 << 4,

    /// <summary>Left out by decoding on request: what it writes is the text of a special token.</summary>
    SkippedOnRequest = 1 << 5,
}
