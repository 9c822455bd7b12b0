namespace BertCompiler.Tokenization;

/// <summary>What becomes of the delimiters that a text is split at (Hugging Face tokenizers, tokenizer/normalizer.rs).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SplitBehavior
{
    /// <summary>They go.</summary>
    Removed,

    /// <summary>Each delimiter is a piece.</summary>
    Isolated,

    /// <summary>A delimiter belongs to what stands before it.</summary>
    MergedWithPrevious,

    /// <summary>A delimiter belongs to what stands behind it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring delimiters are one piece.</summary>
    Contiguous,
}
