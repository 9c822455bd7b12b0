namespace BertCompiler.Samples.Tests;

/// <summary>A model of letters: a text's vector holds how often each letter stands in it, at length 1. It remembers what it was asked.</summary>
internal sealed class CountingModel(string identity = "letters") : ISentenceEncoder
{
    public List<string> Embedded { get; } = [];

    public string Name => "letters";

    public string Identity { get; } = identity;

    public int Dimension => 26;

    public int MaxTokens => 254;

    public int CountTokens(ReadOnlySpan<char> text) => text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public EmbedResult Embed(ReadOnlySpan<char> text, Span<float> destination, CancellationToken cancellationToken = default) =>
        Embed([text.ToString()], destination, progress: null, cancellationToken);

    public EmbedResult Embed(IReadOnlyList<string> texts, Span<float> destination, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < texts.Count; i++)
        {
            Embedded.Add(texts[i]);
            Span<float> vector = destination.Slice(i * Dimension, Dimension);
            vector.Clear();
            foreach (char letter in texts[i].ToLowerInvariant().Where(char.IsAsciiLetter)) vector[letter - 'a']++;
            float length = MathF.Sqrt(vector.ToArray().Sum(x => x * x));
            if (length == 0) continue;
            foreach (ref float x in vector) x /= length;
        }

        progress?.Report(new BatchProgress(texts.Count, texts.Count));
        return new EmbedResult(texts.Count, texts.Sum(t => (long)CountTokens(t)), 0);
    }
}
