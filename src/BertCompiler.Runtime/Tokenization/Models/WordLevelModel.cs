namespace BertCompiler.Tokenization;

/// <summary>A word is a token of the vocabulary or unknown (Hugging Face tokenizers, models/wordlevel).</summary>
/// <param name="tables">The packed tables.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WordLevelModel(TokenizerTables tables) : TokenModel(tables)
{
    private readonly int _unknown = Math.Max(tables.Header.ModelUnknownId, 0);

    /// <inheritdoc/>
    private protected override void Cut(NormalizedText text, int start, int end, int word, TokenizerScratch scratch)
    {
        int id = Tables.IdOf(text.Bytes[start..end]);
        scratch.Pieces.Add(id < 0 ? _unknown : id, text.StartOf(start), text.EndOf(end - 1), word);
    }
}
