using System.Text.Encodings.Web;
using System.Text.Json;
using SemanticSearch.Searching;

namespace SemanticSearch.Output;

/// <summary>
/// Answers for programs: one line with one object for each question,
/// <c>{"query", "results": [{"score", "file", "line", "heading", "text", "sentence"}]}</c>.
/// </summary>
internal sealed class JsonPrinter(Stream output) : IAnswerPrinter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Print(string query, IReadOnlyList<Hit> hits)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("query", query);
            json.WriteStartArray("results");
            foreach (Hit hit in hits) Write(json, hit);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, Hit hit)
    {
        json.WriteStartObject();
        json.WriteNumber("score", hit.Score);
        json.WriteString("file", hit.Path);
        json.WriteNumber("line", hit.Passage.Line);
        json.WriteString("heading", hit.Passage.Heading);
        json.WriteString("text", hit.Passage.Text);
        json.WriteString("sentence", hit.Sentence.Of(hit.Passage.Text));
        json.WriteEndObject();
    }
}
