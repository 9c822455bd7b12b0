using BertCompiler;

namespace SemanticSearch.Indexing;

/// <summary>Any sentence embedder that BertCompiler compiled. For one caller at a time.</summary>
internal sealed class CompiledModel(SentenceEncoder encoder) : ITextModel
{
    private readonly TokenBatch _batch = new();
    private readonly int _specialTokens = encoder.Tokenizer.SpecialTokenCount(pair: false);

    public string ContentHash => encoder.Facts.ContentHash;

    public int Dimension => encoder.Facts.Dimension;

    public int MaxTokens => encoder.Facts.MaxTokens - _specialTokens;

    public int CountTokens(string text)
    {
        _batch.Clear();
        encoder.Tokenizer.Append(text, int.MaxValue, _batch);
        return _batch.TokenCount - _specialTokens;
    }

    public void Embed(IReadOnlyList<string> texts, Span<float> vectors) => encoder.Embed(texts, vectors);
}
