using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A validated WordPiece tokenizer: every id is in range, every named token exists.</summary>
internal sealed record TokenizerDescription
{
    /// <summary>The vocabulary. A text stands once; a text may be empty (a blank line of vocab.txt), and then it is never found.</summary>
    public required IReadOnlyList<VocabularyPiece> Pieces { get; init; }

    public required int UnknownId { get; init; }

    /// <summary>"##": what the vocabulary writes before a piece that continues a word.</summary>
    public required string ContinuationPrefix { get; init; }

    /// <summary>Code points above which a word is unknown.</summary>
    public required int MaxWordLength { get; init; }

    /// <summary>All switches of normaliser, decoder and post-processor.</summary>
    public required TokenizerOptions Options { get; init; }

    /// <summary>The prefix that decoding removes.</summary>
    public required string DecoderPrefix { get; init; }

    /// <summary>In the order in which equal texts win: special ones first.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public required IReadOnlyList<TemplatePiece> SingleTemplate { get; init; }

    public required IReadOnlyList<TemplatePiece> PairTemplate { get; init; }

    public required SpecialIds Special { get; init; }

    /// <summary>What the file itself says about truncation; null in a model's folder, where it is ignored.</summary>
    public TruncationBlock? Truncation { get; init; }

    /// <summary>What the file itself says about padding; null in a model's folder, where it is ignored.</summary>
    public PaddingBlock? Padding { get; init; }

    /// <summary>One more than the greatest id.</summary>
    public int IdCount => Math.Max(Pieces.Max(p => p.Id), AddedTokens.Select(t => t.Id).DefaultIfEmpty(-1).Max()) + 1;
}
