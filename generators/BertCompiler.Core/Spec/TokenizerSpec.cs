using BertCompiler.Core.Spec.Steps;

namespace BertCompiler.Core.Spec;

/// <summary>
/// What a tokenizer does with a text, step by step, and what generated code says about it. The vocabulary and other tables are in the
/// packed file.
/// </summary>
public sealed record TokenizerSpec
{
    /// <summary>How words are cut into pieces.</summary>
    public required TokenizerModel Model { get; init; }

    /// <summary>One more than the greatest id.</summary>
    public required int Count { get; init; }

    /// <summary>Whether text is lower-cased.</summary>
    public required bool LowerCase { get; init; }

    /// <summary>Number of tokens that the template adds to a single text.</summary>
    public required int SpecialTokens { get; init; }

    /// <summary>The token for what the vocabulary cannot spell; empty: there is none.</summary>
    public string UnknownToken { get; init; } = "";

    /// <summary>WordPiece: code points above which a word is unknown; 0 elsewhere.</summary>
    public int MaxWordLength { get; init; }

    /// <summary>What the vocabulary writes before a piece that continues a word: <c>##</c>.</summary>
    public string ContinuationPrefix { get; init; } = "";

    /// <summary>Byte-pair encoding: what it writes behind a piece that ends a word.</summary>
    public string WordSuffix { get; init; } = "";

    /// <summary>Byte-pair encoding: how many pairs were learnt.</summary>
    public int Merges { get; init; }

    /// <summary>Whether what the vocabulary lacks is spelt in tokens of its bytes, &lt;0x00&gt; … &lt;0xFF&gt;.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a text that is too long loses its beginning, where the caller does not say otherwise.</summary>
    public bool TruncatesLeft { get; init; }

    /// <summary>What goes round a text, <c>[CLS] $A [SEP]</c>; a token type other than 0 stands behind a colon.</summary>
    public string Template { get; init; } = "$A";

    /// <summary>What goes round a pair, <c>[CLS] $A [SEP] $B:1 [SEP]:1</c>.</summary>
    public string PairTemplate { get; init; } = "$A $B:1";

    /// <summary>Where a long text may be cut.</summary>
    public TextPause Pause { get; init; }

    /// <summary>From the text to its normal form.</summary>
    public EquatableArray<TokenizerStep> Normalizers { get; init; }

    /// <summary>From the normal form to words.</summary>
    public EquatableArray<TokenizerStep> PreTokenizers { get; init; }

    /// <summary>From the texts of tokens back to a text; none: they are joined by spaces.</summary>
    public EquatableArray<TokenizerStep> Decoders { get; init; }

    /// <summary>Whether ids hang on where in the original a piece stands: Metaspace before the first piece alone.</summary>
    public bool NeedsPlaces => PreTokenizers.Any(SplitterSteps.AsksForPlaces);
}
