using System.Text;
using System.Text.Json;
using BertCompiler.Core.Config;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Json;

/// <summary>
/// JSON text → <see cref="ConfigNode"/>s with their places. Strict JSON (RFC 8259): no comments, no NaN, valid UTF-8, every name once, at
/// most <see cref="ConfigLimits.Depth"/> levels. A byte order mark is skipped.
/// </summary>
internal static class JsonDocumentReader
{
    /// <summary>Reads a JSON file of at most <paramref name="mostBytes"/> bytes.</summary>
    /// <exception cref="ImportException">Too large, unreadable or malformed.</exception>
    public static ConfigNode ReadFile(string path, ProblemKind malformed, int mostBytes = ConfigLimits.FileBytes) =>
        Parse(ModelFile.ReadAll(path, malformed, mostBytes), new JsonSource(path, malformed));

    /// <summary>Parses a JSON text.</summary>
    /// <exception cref="ImportException">Malformed; the message names the place.</exception>
    public static ConfigNode Parse(ReadOnlySpan<byte> text, JsonSource source)
    {
        var place = new TextPlace();
        if (TextEncoding.FaultOf(text, out int invalid) is { } fault)
        {
            place.AdvanceTo(text, invalid);
            throw new ImportException(source.Malformed, source.File, $"{Path.GetFileName(source.File)} {fault}", place.Line, place.Column);
        }

        text = text[TextEncoding.MarkLength(text)..];

        var state = new ParseState(source, place);
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = ConfigLimits.Depth });
        try
        {
            reader.Read();
            ConfigNode root = ReadValue(ref reader, text, state);
            reader.Read();
            return root;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is half a surrogate pair.
            place.AdvanceTo(text, reader.BytesConsumed);
            string near = state.LastName.Length > 0 ? $", near '{state.LastName}'" : "";
            throw new ImportException(source.Malformed, source.File, $"{Path.GetFileName(source.File)} is not well-formed JSON{near}: {Reason(e, text)}", place.Line, place.Column);
        }
    }

    private static ConfigNode ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ParseState state)
    {
        state.Place.AdvanceTo(text, reader.TokenStartIndex);
        (int line, int column) = (state.Place.Line, state.Place.Column);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader, text, state, line, column),
            JsonTokenType.StartArray => ReadList(ref reader, text, state, line, column),
            JsonTokenType.String => ConfigNode.OfText(reader.GetString()!, line, column),
            JsonTokenType.Number => ConfigNode.OfNumber(Encoding.UTF8.GetString(reader.ValueSpan), line, column),
            JsonTokenType.True => ConfigNode.OfWord(ConfigNodeKind.True, line, column),
            JsonTokenType.False => ConfigNode.OfWord(ConfigNodeKind.False, line, column),
            _ => ConfigNode.OfWord(ConfigNodeKind.Null, line, column),
        };
    }

    private static ConfigNode ReadMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ParseState state, int line, int column)
    {
        var members = new List<KeyValuePair<string, ConfigNode>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            state.LastName = name.Length <= 60 ? name : name[..60] + "…";
            if (!names.Add(name))
            {
                state.Place.AdvanceTo(text, reader.TokenStartIndex);
                throw new ImportException(state.Source.Malformed, state.Source.File, $"'{state.LastName}' stands twice in one object: readers disagree on which counts", state.Place.Line, state.Place.Column);
            }

            reader.Read();
            members.Add(new(name, ReadValue(ref reader, text, state)));
        }

        return ConfigNode.OfMap(members, line, column);
    }

    private static ConfigNode ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ParseState state, int line, int column)
    {
        var items = new List<ConfigNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader, text, state));
        return ConfigNode.OfList(items, line, column);
    }

    /// <summary>System.Text.Json's reason without its own place.</summary>
    private static string Reason(Exception e, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return "the file is empty";
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place > 0 ? e.Message[..place] : e.Message;
    }

    private sealed class ParseState(JsonSource source, TextPlace place)
    {
        public JsonSource Source { get; } = source;

        public TextPlace Place { get; } = place;

        public string LastName { get; set; } = "";
    }
}
