using System.Text;

namespace BertCompiler.Tasks;

/// <summary>
/// Finds a text of pieces, lower-cased and spaced out, in the original again (<c>get_final_text</c> of google-research/bert, run_squad.py).
/// </summary>
internal static class SquadProjection
{
    /// <summary>The part of <paramref name="original"/> that <paramref name="predicted"/> stands for; all of it where that cannot be told.</summary>
    /// <param name="predicted">The pieces, put together.</param>
    /// <param name="original">The original words that they come from.</param>
    /// <param name="basicWords">BERT's basic tokenizer: a text's words and punctuation, normalised.</param>
    public static string Project(string predicted, string original, Func<string, IReadOnlyList<string>> basicWords)
    {
        string text = string.Join(' ', basicWords(original));
        int start = text.IndexOf(predicted, StringComparison.Ordinal);
        if (start < 0) return original;
        int end = start + predicted.Length - 1;
        (string originalLetters, List<int> originalPlaces) = WithoutSpaces(original);
        (string letters, List<int> places) = WithoutSpaces(text);
        if (CodePoints(originalLetters) != CodePoints(letters)) return original;
        int first = OriginalPlace(start, places, letters, originalLetters, originalPlaces);
        int last = OriginalPlace(end, places, letters, originalLetters, originalPlaces);
        if (first < 0 || last < first) return original;
        return original[first..(last + (char.IsHighSurrogate(original[last]) && last + 1 < original.Length ? 2 : 1))];
    }

    private static int OriginalPlace(int place, List<int> places, string letters, string originalLetters, List<int> originalPlaces)
    {
        if (place > 0 && places.BinarySearch(place) >= 0 && char.IsLowSurrogate(letters[places.BinarySearch(place)])) place--;
        int letter = places.BinarySearch(place);
        if (letter < 0) return -1;
        int codePoints = CodePoints(letters.AsSpan(0, letter));
        int unit = 0;
        for (; codePoints > 0 && unit < originalLetters.Length; codePoints--) unit += char.IsHighSurrogate(originalLetters[unit]) && unit + 1 < originalLetters.Length ? 2 : 1;
        return unit < originalPlaces.Count ? originalPlaces[unit] : -1;
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++) count += char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? 0 : 1;
        return count;
    }

    private static (string Letters, List<int> Places) WithoutSpaces(string text)
    {
        var letters = new StringBuilder();
        var places = new List<int>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ') continue;
            places.Add(i);
            letters.Append(text[i]);
        }

        return (letters.ToString(), places);
    }
}
