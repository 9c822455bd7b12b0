namespace BertCompiler.Tokenization;

/// <summary>Splits normalised text into words and gives each to the model.</summary>
internal interface IWordSplitter
{
    /// <summary>Whether ids hang on where in the original a word stands.</summary>
    bool NeedsPlaces { get; }

    /// <summary>Encodes units from … to−1 of <see cref="TokenizerScratch.Normalized"/>, which it must not change.</summary>
    /// <param name="from">First unit.</param>
    /// <param name="to">One behind the last unit.</param>
    /// <param name="limit">Stop soon after there are more pieces than this.</param>
    /// <param name="word">Number of the next word.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    void Encode(int from, int to, int limit, ref int word, TokenizerScratch scratch);
}
