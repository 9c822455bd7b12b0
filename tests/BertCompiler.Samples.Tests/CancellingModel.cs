namespace BertCompiler.Samples.Tests;

/// <summary>Somebody presses Ctrl-C while it embeds for the first time.</summary>
internal sealed class CancellingModel(CancellationTokenSource source) : ISentenceEncoder
{
    private readonly CountingModel _model = new();

    public string Name => _model.Name;

    public string Identity => _model.Identity;

    public int Dimension => _model.Dimension;

    public int MaxTokens => _model.MaxTokens;

    public int CountTokens(ReadOnlySpan<char> text) => _model.CountTokens(text);

    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, CancellationToken cancellationToken = default) =>
        Embed([text.ToString()], destination, progress: null, cancellationToken);

    public EmbedResult Embed(IReadOnlyList<string> texts, Span<float> destination, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        EmbedResult result = _model.Embed(texts, destination, progress, cancellationToken);
        source.Cancel();
        return result;
    }
}
