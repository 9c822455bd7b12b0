namespace BertCompiler.Core.Spec;

/// <summary>How words are cut into pieces of a vocabulary; the names are those of the runtime's classes, without <c>Model</c>.</summary>
public enum TokenizerModel
{
    /// <summary>From the left, the longest piece each time (Wu et al. 2016, §4.1; Devlin et al. 2019, §3).</summary>
    WordPiece,

    /// <summary>Neighbours are joined in the order in which the pairs were learnt (Sennrich et al. 2016).</summary>
    Bpe,

    /// <summary>The most probable of all ways to cut (Kudo 2018).</summary>
    Unigram,

    /// <summary>A word is a token.</summary>
    WordLevel,
}
