using System.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Runtime.Tests.Tokenization;

/// <summary>A text before and behind a step.</summary>
internal static class StepText
{
    /// <summary>A text with its places, on which steps may work.</summary>
    public static NormalizedText From(string text)
    {
        var normalized = new NormalizedText();
        normalized.Reset(tracks: true);
        Utf16Units.AppendTo(normalized, text, 0, text.Length);
        return normalized;
    }

    /// <summary>What a step makes of a text.</summary>
    public static string After(string text, Action<NormalizedText> step) => Run(text, step).Text;

    /// <summary>What a step makes of a text, and the place of each code point of that, as "0-1 1-3".</summary>
    public static (string Text, string Spans) Run(string text, Action<NormalizedText> step)
    {
        NormalizedText normalized = From(text);
        step(normalized);
        return (TextOf(normalized), SpansOf(normalized));
    }

    /// <summary>The pieces that a step splits a text into, with | between them.</summary>
    public static string Split(string text, Action<SplitText> step)
    {
        var split = new SplitText();
        NormalizedText normalized = From(text);
        split.Begin(normalized, 0, normalized.Length);
        step(split);
        SplitList pieces = split.Pieces;
        return string.Join('|', Enumerable.Range(0, pieces.Count).Select(i => Encoding.UTF8.GetString(split.Text.Bytes[pieces.StartOf(i)..pieces.EndOf(i)])));
    }

    private static string TextOf(NormalizedText text) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.Bytes);

    private static string SpansOf(NormalizedText text)
    {
        var spans = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf8(text.Bytes[i..], out _, out int length);
            for (int later = i + 1; later < i + length; later++) Assert.Equal((text.StartOf(i), text.EndOf(i)), (text.StartOf(later), text.EndOf(later)));
            spans.Add($"{text.StartOf(i)}-{text.EndOf(i)}");
            i += length;
        }

        return string.Join(' ', spans);
    }
}
