namespace BertCompiler.Tokenization;

/// <summary>Cuts words into pieces of the vocabulary.</summary>
public abstract class TokenModel
{
    private protected TokenModel()
    {
    }

    /// <summary>
    /// Appends the pieces of all words of a text to <see cref="TokenizerScratch.Pieces"/>, and counts the words. It stops soon after there
    /// are more pieces than <paramref name="limit"/>.
    /// </summary>
    /// <param name="words">The words, none empty: bytes StartOf(i) … EndOf(i)−1 of <see cref="SplitText.Text"/>.</param>
    /// <param name="limit">See above.</param>
    /// <param name="word">Number of the first word, afterwards that of the next one.</param>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    internal abstract void Encode(SplitText words, int limit, ref int word, TokenizerScratch scratch);
}
