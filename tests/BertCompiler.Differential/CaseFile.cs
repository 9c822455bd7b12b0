using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BertCompiler.Testing.Oracle;

namespace BertCompiler.Differential;

/// <summary>Writes differences as stored cases, with the library's answer, in the form of the reference folders.</summary>
internal static class CaseFile
{
    /// <summary>Adds cases to <c>TOKENIZER.jsonl</c> in a folder.</summary>
    public static void Append(string folder, IEnumerable<Difference> differences)
    {
        Directory.CreateDirectory(folder);
        foreach (Difference difference in differences)
        {
            File.AppendAllText(Path.Combine(folder, difference.Tokenizer + ".jsonl"), Line(difference.Text, difference.Theirs) + "\n");
        }
    }

    /// <summary>One case as JSON, all but ASCII escaped.</summary>
    public static string Line(string text, OracleEncoding expected)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteStartArray("ids");
            foreach (int id in expected.Ids) json.WriteNumberValue(id);
            json.WriteEndArray();
            WritePlaces(json, "offsets", expected, place => place);
            int[] utf16 = Utf16Places(text);
            if (utf16.Length <= text.Length) WritePlaces(json, "offsets_utf16", expected, place => utf16[place]);
            json.WriteStartArray("word_ids");
            foreach (int word in expected.Words)
            {
                if (word < 0) json.WriteNullValue();
                else json.WriteNumberValue(word);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WritePlaces(Utf8JsonWriter json, string name, OracleEncoding expected, Func<int, int> place)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < expected.Ids.Length; i++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(place(expected.Starts[i]));
            json.WriteNumberValue(place(expected.Ends[i]));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>UTF-16 index of each code point, and of the end.</summary>
    private static int[] Utf16Places(string text)
    {
        var places = new List<int>();
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            places.Add(at);
            at += rune.Utf16SequenceLength;
        }

        return [.. places, at];
    }
}
