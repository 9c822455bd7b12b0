using System.Text.Json;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers;

/// <summary>The answer to one line of <c>bertc tokenize</c>.</summary>
/// <param name="Encodings">One for each text.</param>
/// <param name="IsBatch">Whether the line had <c>texts</c>.</param>
/// <param name="FlatOverflow">Whether windows that overflow are written behind their text's first one.</param>
internal sealed record TokenizeResult(IReadOnlyList<TokenEncoding> Encodings, bool IsBatch, bool FlatOverflow)
{
    /// <summary>The encodings in the order of writing, and the index of the text of each.</summary>
    public IReadOnlyList<KeyValuePair<int, TokenEncoding>> Flat() => [.. Encodings.SelectMany((encoding, i) =>
        (FlatOverflow ? encoding.Overflow.Prepend(encoding) : [encoding]).Select(e => new KeyValuePair<int, TokenEncoding>(i, e)))];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (!IsBatch)
        {
            WriteFields(json, Encodings[0]);
            WriteList(json, "overflow", Encodings[0].Overflow);
            json.WriteEndObject();
            return;
        }

        IReadOnlyList<KeyValuePair<int, TokenEncoding>> flat = Flat();
        WriteList(json, "encodings", flat.Select(p => p.Value));
        WriteNumbers(json, "overflow_to_sample_mapping", flat.Select(p => p.Key));
        if (!FlatOverflow)
        {
            json.WriteStartArray("overflow");
            foreach (TokenEncoding encoding in Encodings) WriteItems(json, encoding.Overflow);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<TokenEncoding> encodings)
    {
        json.WritePropertyName(name);
        WriteItems(json, encodings);
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable<TokenEncoding> encodings)
    {
        json.WriteStartArray();
        foreach (TokenEncoding encoding in encodings)
        {
            json.WriteStartObject();
            WriteFields(json, encoding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, TokenEncoding encoding)
    {
        WriteNumbers(json, "ids", encoding.Ids());
        WriteNumbers(json, "type_ids", encoding.TypeIds());
        json.WriteStartArray("tokens");
        foreach (Token token in encoding.Tokens) json.WriteStringValue(token.Text);
        json.WriteEndArray();
        WriteSpans(json, "offsets", encoding.Tokens.Select(t => t.CodePoints));
        WriteSpans(json, "offsets_utf16", encoding.Tokens.Select(t => t.Span));
        WriteNumbersOrNull(json, "word_ids", encoding.Tokens.Select(t => t.Word));
        WriteNumbersOrNull(json, "sequence_ids", encoding.Tokens.Select(t => t.Sequence));
        WriteNumbers(json, "special_tokens_mask", encoding.SpecialTokensMask());
        WriteNumbers(json, "attention_mask", encoding.AttentionMask());
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteNumbersOrNull(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
        {
            if (number < 0) json.WriteNullValue();
            else json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteSpans(Utf8JsonWriter json, string name, IEnumerable<TextSpan> spans)
    {
        json.WriteStartArray(name);
        foreach (TextSpan span in spans)
        {
            json.WriteStartArray();
            json.WriteNumberValue(span.Start);
            json.WriteNumberValue(span.End);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
