namespace BertCompiler.Tokenization;

/// <summary>A word is a token of the vocabulary or unknown (Hugging Face tokenizers, models/wordlevel).</summary>
internal sealed class WordLevelModel(TokenizerSectionView section) : TokenModel
{
    private readonly VocabularyTable _table = new(section);
    private readonly int _unknown = Math.Max(section.Header.ModelUnknownId, 0);

    /// <inheritdoc/>
    public override void Encode(TokenizerScratch scratch, NormalizedText text, int start, int end, int word)
    {
        int id = _table.IdOf(text.Characters[start..end]);
        scratch.Pieces.Add(id < 0 ? _unknown : id, text.StartOf(start), text.EndOf(end - 1), word);
    }
}
