using SemanticSearch.Indexing;

namespace BertCompiler.Samples.Tests;

/// <summary>Somebody presses Ctrl-C while it embeds for the first time.</summary>
internal sealed class CancellingModel(CancellationTokenSource source) : ITextModel
{
    private readonly CountingModel _model = new();

    public string ContentHash => _model.ContentHash;

    public int Dimension => _model.Dimension;

    public int MaxTokens => _model.MaxTokens;

    public int CountTokens(string text) => _model.CountTokens(text);

    public void Embed(IReadOnlyList<string> texts, Span<float> vectors)
    {
        _model.Embed(texts, vectors);
        source.Cancel();
    }
}
