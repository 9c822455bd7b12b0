namespace SemanticSearch.Passages;

/// <summary>Finds the sentences of English text by its punctuation. Line breaks end a sentence too.</summary>
internal static class SentenceSplitter
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "no", "vol", "pp", "approx", "ca", "c", "jr", "sr", "inc", "spp",
    };

    /// <summary>The sentences in order, without the white space between them.</summary>
    public static IReadOnlyList<TextRange> Split(string text)
    {
        var sentences = new List<TextRange>();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n' && !EndsAt(text, ref i)) continue;
            Add(sentences, text, start, i);
            start = i;
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    // On success, i is the first character behind the sentence.
    private static bool EndsAt(string text, ref int i)
    {
        if (text[i] is not ('.' or '!' or '?' or '…')) return false;
        int end = i + 1;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '"' or '\'' or '”' or '’' or ')' or ']') end++;
        if (end >= text.Length || !char.IsWhiteSpace(text[end])) return false;
        int next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        if (next < text.Length && char.IsLower(text[next])) return false;
        if (text[i] == '.' && IsAbbreviation(text, i)) return false;
        i = end;
        return true;
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        int start = dot;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.')) start--;
        ReadOnlySpan<char> word = text.AsSpan(start, dot - start);
        bool isInitial = word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I';
        return isInitial || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static void Add(List<TextRange> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end > start) sentences.Add(new TextRange(start, end - start));
    }
}
