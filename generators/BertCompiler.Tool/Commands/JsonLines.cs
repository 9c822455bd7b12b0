using System.Text.Encodings.Web;
using System.Text.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>One JSON object a line on the standard output, as results come.</summary>
internal sealed class JsonLines : IDisposable
{
    // What is written is UTF-8 and read by programs and people; nobody puts it into a page of HTML unseen.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BufferedStream _output = new(StandardOutput.Open(), 1 << 16);
    private readonly Utf8JsonWriter _json;

    public JsonLines() => _json = new Utf8JsonWriter(_output, Relaxed);

    /// <summary>Writes an object; <paramref name="properties"/> writes what is in it.</summary>
    public void Write<T>(T value, Action<Utf8JsonWriter, T> properties)
        where T : allows ref struct
    {
        _json.WriteStartObject();
        properties(_json, value);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }

    /// <summary>Hands over what was written: to be called where the next result takes time.</summary>
    public void Flush() => _output.Flush();

    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }
}
