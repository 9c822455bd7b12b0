namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>Embeds a stream of texts, some at a time.</summary>
internal sealed class TextEmbedder(SentenceEncoder model, EmbedOptions options)
{
    /// <summary>Embeds all texts; gives the number of texts that were cut.</summary>
    public long Run(IEnumerable<string> texts, IEmbeddingWriter writer, IProgress<long>? progress, CancellationToken cancellation)
    {
        int width = model.DimensionOf(options);
        var embeddings = new float[TextChunks.MostTexts * width];
        var truncated = new bool[TextChunks.MostTexts];
        long done = 0, cut = 0;
        foreach (string[] chunk in TextChunks.Of(texts, cancellation))
        {
            cut += model.Embed(chunk, embeddings, options, truncated, cancellationToken: cancellation).Truncated;
            for (int i = 0; i < chunk.Length; i++) writer.Write(embeddings.AsSpan(i * width, width), truncated[i]);
            writer.Flush();
            progress?.Report(done += chunk.Length);
        }

        return cut;
    }
}
