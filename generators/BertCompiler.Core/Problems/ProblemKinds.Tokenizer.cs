namespace BertCompiler.Core.Problems;

/// <content>BERT1301…: tokenizer.json, vocab.txt and what goes with them.</content>
public static partial class ProblemKinds
{
    private const string Tokenizer = "Tokenizer";

    /// <summary>Not JSON, or not what a tokenizer file must hold.</summary>
    public static ProblemKind TokenizerMalformed { get; } = new("BERT1301", "tokenizer_malformed", Tokenizer, "A tokenizer file is malformed");

    /// <summary>Two statements of the tokenizer's files, or of them and the model's, contradict each other.</summary>
    public static ProblemKind TokenizerInconsistent { get; } = new("BERT1302", "tokenizer_inconsistent", Tokenizer, "The tokenizer contradicts itself or the model");

    /// <summary>Sound, and not something that compiles.</summary>
    public static ProblemKind TokenizerUnsupported { get; } = new("BERT1303", "tokenizer_unsupported", Tokenizer, "The tokenizer asks for something that is not supported");

    /// <summary>A tokenizer is asked for, and the folder has none.</summary>
    public static ProblemKind TokenizerMissing { get; } = new("BERT1304", "tokenizer_missing", Tokenizer, "The folder has no tokenizer");

    /// <summary>tokenizer.json and the files beside it contradict each other; transformers' choice is taken.</summary>
    public static ProblemKind TokenizerContradiction { get; } = new("BERT1305", "tokenizer_contradiction", Tokenizer, "Two files say different things about the tokenizer");

    /// <summary>A special token that the vocabulary lacks, for whose id the word table has no row.</summary>
    public static ProblemKind SpecialTokenWithoutRow { get; } = new("BERT1306", "special_token_without_row", Tokenizer, "A special token has no row in the word table");

    /// <summary>vocab.txt is empty or no text.</summary>
    public static ProblemKind VocabMalformed { get; } = new("BERT1311", "vocab_malformed", Tokenizer, "The vocabulary file is malformed");

    /// <summary>vocab.txt lacks a token, holds one twice, or does not fit the model.</summary>
    public static ProblemKind VocabInconsistent { get; } = new("BERT1312", "vocab_inconsistent", Tokenizer, "The vocabulary contradicts itself or the model");

    internal static IReadOnlyList<ProblemKind> TokenizerKinds =>
        [TokenizerMalformed, TokenizerInconsistent, TokenizerUnsupported, TokenizerMissing, TokenizerContradiction, SpecialTokenWithoutRow, VocabMalformed, VocabInconsistent];
}
