using System.Text.Json;

namespace BertCompiler.Tool.Commands.Embedding;

/// <summary>One object a line on the standard output: <c>embedding</c>, and <c>truncated</c> where the text was cut.</summary>
internal sealed class JsonLineWriter : IEmbeddingWriter
{
    private readonly BufferedStream _output = new(Console.OpenStandardOutput(), 1 << 16);
    private readonly Utf8JsonWriter _json;

    public JsonLineWriter() => _json = new Utf8JsonWriter(_output);

    public void Write(ReadOnlySpan<float> embedding, bool truncated)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("embedding");
        foreach (float value in embedding)
        {
            // JSON has no NaN and no infinity; a model with such weights gives them.
            if (float.IsFinite(value)) _json.WriteNumberValue(value);
            else _json.WriteNullValue();
        }

        _json.WriteEndArray();
        if (truncated) _json.WriteBoolean("truncated", true);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }

    public void Commit() => _output.Flush();

    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }
}
