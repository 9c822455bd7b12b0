namespace BertCompiler.Tokenization;

/// <summary>A symbol of a word while byte-pair encoding merges it.</summary>
internal struct BpeSymbol
{
    public int Id;

    /// <summary>The first of the characters that it is merged from.</summary>
    public int First;

    /// <summary>Short words: rank of the pair that begins here. Long words: the symbol before.</summary>
    public int Rank;

    /// <summary>Short words: what that pair becomes. Long words: the symbol behind, or a negative mark.</summary>
    public int Result;
}
