namespace BertCompiler.Tokenization;

/// <summary>What becomes of the delimiters that a text is split at (Hugging Face tokenizers, tokenizer/normalizer.rs).</summary>
public enum SplitBehavior
{
    Removed,

    /// <summary>Each delimiter is a piece.</summary>
    Isolated,
    MergedWithPrevious,
    MergedWithNext,

    /// <summary>Neighbouring delimiters are one piece.</summary>
    Contiguous,
}
