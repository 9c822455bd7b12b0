namespace BertCompiler;

/// <summary>How the labels of tokens become entities.</summary>
public enum TagAggregation
{
    /// <summary>
    /// By words, with the labels read as they are meant: B begins, I continues, L or E ends, U or S stands alone (BIO, BILOU, BIOES); labels
    /// without such prefixes join while they are the same. A word is what the pre-tokenizer cuts, its label that of its first piece, as in
    /// training (transformers, <c>run_ner.py</c>).
    /// </summary>
    Words,

    /// <summary>Hugging Face's <c>none</c>: every token by itself, with its full label.</summary>
    None,

    /// <summary>Hugging Face's <c>simple</c>: neighbouring tokens of one kind.</summary>
    Simple,

    /// <summary>Hugging Face's <c>first</c>: words, with the label of the first token, then neighbouring words of one kind.</summary>
    First,

    /// <summary>Hugging Face's <c>average</c>: words, with the best label of the mean distribution.</summary>
    Average,

    /// <summary>Hugging Face's <c>max</c>: words, with the label of the token that is surest.</summary>
    Max,
}
