using System.Text.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>One JSON object on the standard output, for programs.</summary>
internal static class JsonOutput
{
    /// <summary>Writes an object; <paramref name="properties"/> writes what is in it.</summary>
    public static void Write(Action<Utf8JsonWriter> properties)
    {
        using Stream output = StandardOutput.Open();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
