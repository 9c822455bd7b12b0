using SemanticSearch.Passages;

namespace SemanticSearch.Output;

/// <summary>Breaks text into lines at spaces; line breaks in the text stay.</summary>
internal static class WordWrap
{
    /// <summary>The lines, as places in the text.</summary>
    public static IEnumerable<TextRange> Lines(string text, int width)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = EndOfLine(text, start, width);
            yield return new TextRange(start, end - start);
            start = end;
            if (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        }
    }

    private static int EndOfLine(string text, int start, int width)
    {
        int limit = Math.Min(start + width, text.Length);
        int lineBreak = text.IndexOf('\n', start, limit - start);
        if (lineBreak >= 0) return lineBreak;
        if (limit == text.Length || text[limit] is ' ' or '\n') return limit;
        int space = text.LastIndexOf(' ', limit - 1, limit - start);
        if (space > start) return space;
        return char.IsHighSurrogate(text[limit - 1]) && limit - start > 1 ? limit - 1 : limit;
    }
}
