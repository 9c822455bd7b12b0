using BertCompiler.Core.Spec.Steps;
using BertCompiler.Tokenization;
using BertCompiler.Tool.Tokenizers.Models;
using BertCompiler.Tool.Tokenizers.Steps;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>A validated tokenizer: every id is in range, every named token exists.</summary>
internal sealed record TokenizerDescription
{
    public required TokenizerModelKind Model { get; init; }

    /// <summary>The vocabulary. A text stands once; a text may be empty (a blank line of vocab.txt), and then it is never found.</summary>
    public required IReadOnlyList<VocabularyPiece> Pieces { get; init; }

    /// <summary>Id that the model gives for what it cannot spell, or −1.</summary>
    public int ModelUnknownId { get; init; } = -1;

    /// <summary>"##": what the vocabulary writes before a piece that continues a word.</summary>
    public string ContinuationPrefix { get; init; } = "";

    /// <summary>Byte-pair encoding: what it writes behind one that ends a word.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>WordPiece: code points above which a word is unknown.</summary>
    public int MaxWordLength { get; init; }

    public IReadOnlyList<MergeRule> Merges { get; init; } = [];

    /// <summary>Unigram: score of each id of the vocabulary.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>Unigram: score of a character that the vocabulary lacks.</summary>
    public double UnknownScore { get; init; }

    /// <summary>Switches of the model and the post-processor.</summary>
    public TokenizerOptions Options { get; init; }

    public IReadOnlyList<TokenizerStep> Normalizers { get; init; } = [];

    public IReadOnlyList<TokenizerStep> PreTokenizers { get; init; } = [];

    public IReadOnlyList<TokenizerStep> Decoders { get; init; } = [];

    /// <summary>SentencePiece's tables of replacements, checked; a step names one by its index.</summary>
    public IReadOnlyList<byte[]> CharacterMaps { get; init; } = [];

    /// <summary>In the order in which equal texts win: special ones first.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public required IReadOnlyList<TemplatePiece> SingleTemplate { get; init; }

    public required IReadOnlyList<TemplatePiece> PairTemplate { get; init; }

    public required SpecialIds Special { get; init; }

    /// <summary>What the file itself says about truncation; null in a model's folder, where it is ignored.</summary>
    public TruncationBlock? Truncation { get; init; }

    /// <summary>What the file itself says about padding; null in a model's folder, where it is ignored.</summary>
    public PaddingBlock? Padding { get; init; }

    /// <summary>Whether a step lowers the text.</summary>
    public bool Lowers => Normalizers.Contains(NormalizerSteps.Lowercase);

    /// <summary>Where a long text may be cut.</summary>
    public Core.Spec.TextPause Pause => PauseRule.Of(this, NormalForms.Of(AddedTokens, Normalizers, CharacterMaps));

    /// <summary>
    /// The same tokenizer for texts that are lowered first. In BERT's normaliser that is its own switch: cleaning, spacing and stripping
    /// accents do not look at case.
    /// </summary>
    public TokenizerDescription Lowered()
    {
        if (!PauseRule.AreOfBert(Normalizers)) return this with { Normalizers = [NormalizerSteps.Lowercase, .. Normalizers] };
        return Lowers ? this : this with { Normalizers = [.. Normalizers, NormalizerSteps.Lowercase] };
    }

    /// <summary>One more than the greatest id.</summary>
    public int IdCount => Math.Max(Pieces.Max(p => p.Id), AddedTokens.Select(t => t.Id).DefaultIfEmpty(-1).Max()) + 1;
}
