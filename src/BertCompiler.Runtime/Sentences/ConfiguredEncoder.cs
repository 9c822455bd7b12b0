namespace BertCompiler;

/// <summary>A sentence encoder with options that every call uses: for queries, for documents, shorter or normalised vectors.</summary>
internal sealed class ConfiguredEncoder(SentenceEncoder encoder, EmbedOptions options) : ISentenceEncoder
{
    public string Name => encoder.Facts.Name;

    public string Identity => encoder.IdentityOf(options);

    public int Dimension { get; } = encoder.DimensionOf(options);

    public int MaxTokens => encoder.Facts.MaxTokens;

    public int CountTokens(ReadOnlySpan<char> text) => encoder.CountTokens(text, options);

    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, CancellationToken cancellationToken = default) =>
        encoder.Embed(text, destination, options, cancellationToken);

    public EmbedResult Embed(IReadOnlyList<string> texts, Span<float> destination, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default) =>
        encoder.Embed(texts, destination, options, truncated: default, progress, cancellationToken);
}
