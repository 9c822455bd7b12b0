namespace BertCompiler.Tokenization;

/// <summary>How a tokenizer cuts words into pieces of its vocabulary.</summary>
public enum TokenizerModelKind
{
    /// <summary>The longest piece first, "##" before pieces that continue a word (BERT).</summary>
    WordPiece,

    /// <summary>Byte-pair encoding: the pair that was learnt first is joined first (RoBERTa, GPT-2).</summary>
    Bpe,

    /// <summary>The segmentation with the greatest sum of scores (XLM-RoBERTa, CamemBERT, ALBERT).</summary>
    Unigram,

    /// <summary>A word is one token or unknown.</summary>
    WordLevel,
}
