using System.Text.Json;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>One object a line on the standard output: <c>embedding</c>, and <c>truncated</c> where the text was cut.</summary>
internal sealed class JsonLineWriter : IEmbeddingWriter
{
    private readonly JsonLines _lines = new();

    public void Write(ReadOnlySpan<float> embedding, bool truncated) => _lines.Write(embedding, truncated ? WriteTruncated : WriteWhole);

    public void Flush() => _lines.Flush();

    public void Commit() => _lines.Flush();

    public void Dispose() => _lines.Dispose();

    private static void WriteTruncated(Utf8JsonWriter json, ReadOnlySpan<float> embedding)
    {
        WriteWhole(json, embedding);
        json.WriteBoolean("truncated", true);
    }

    private static void WriteWhole(Utf8JsonWriter json, ReadOnlySpan<float> embedding)
    {
        json.WriteStartArray("embedding");
        foreach (float value in embedding)
        {
            // JSON has no NaN and no infinity; a model with such weights gives them.
            if (float.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
