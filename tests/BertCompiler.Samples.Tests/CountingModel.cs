using SemanticSearch.Indexing;

namespace BertCompiler.Samples.Tests;

/// <summary>A model of letters: a text's vector holds how often each letter stands in it, at length 1. It remembers what it was asked.</summary>
internal sealed class CountingModel(string contentHash = "letters") : ITextModel
{
    public List<string> Embedded { get; } = [];

    public string ContentHash { get; } = contentHash;

    public int Dimension => 26;

    public int MaxTokens => 254;

    public int CountTokens(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public void Embed(IReadOnlyList<string> texts, Span<float> vectors)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            Embedded.Add(texts[i]);
            Span<float> vector = vectors.Slice(i * Dimension, Dimension);
            vector.Clear();
            foreach (char letter in texts[i].ToLowerInvariant().Where(char.IsAsciiLetter)) vector[letter - 'a']++;
            float length = MathF.Sqrt(vector.ToArray().Sum(x => x * x));
            if (length == 0) continue;
            foreach (ref float x in vector) x /= length;
        }
    }
}
