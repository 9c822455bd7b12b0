namespace BertCompiler.Core.Config;

/// <summary>What a sentence-transformers folder is.</summary>
public enum SentenceFolderKind
{
    /// <summary>One dense vector a text.</summary>
    Embedder,

    /// <summary>A sparse vector over the vocabulary: a masked language model with SPLADE pooling.</summary>
    SparseEncoder,

    /// <summary>Scores of pairs: the classifier itself, with nothing behind it.</summary>
    CrossEncoder,
}
