namespace BertCompiler.Tool.Tokenizers;

/// <summary>Which files hold the vocabulary of a tokenizer without a tokenizer.json.</summary>
internal enum VocabularyFiles
{
    /// <summary>vocab.txt.</summary>
    WordPiece,

    /// <summary>vocab.json and merges.txt.</summary>
    Merges,

    /// <summary>A SentencePiece model.</summary>
    SentencePiece,
}
