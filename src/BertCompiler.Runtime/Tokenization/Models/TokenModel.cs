namespace BertCompiler.Tokenization;

/// <summary>Cuts words into pieces of the vocabulary.</summary>
internal abstract class TokenModel
{
    /// <summary>Appends the pieces of a word to <see cref="TokenizerScratch.Pieces"/>.</summary>
    /// <param name="scratch">Memory, and where the pieces come out.</param>
    /// <param name="text">The text that the word lies in.</param>
    /// <param name="start">First unit of the word.</param>
    /// <param name="end">One behind its last unit; more than <paramref name="start"/>.</param>
    /// <param name="word">Number of the word in the text.</param>
    public abstract void Encode(TokenizerScratch scratch, NormalizedText text, int start, int end, int word);

    public static TokenModel Create(TokenizerSectionView section)
    {
        switch (section.Header.Model)
        {
            case TokenizerModelKind.WordPiece: return new WordPieceModel(section);
            case TokenizerModelKind.Bpe: return new BpeModel(section);
            case TokenizerModelKind.Unigram: return new UnigramModel(section);
            case TokenizerModelKind.WordLevel: return new WordLevelModel(section);
            default:
                TokenizerSectionView.Fail($"it names the model {section.Header.Model}");
                return null;
        }
    }
}
