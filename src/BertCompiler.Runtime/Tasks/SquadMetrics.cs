using System.Text;
using System.Text.RegularExpressions;

namespace BertCompiler;

/// <summary>How well an answer fits the right ones (the SQuAD script's <c>evaluate-v2.0.py</c>); the best of several right answers counts.</summary>
public static partial class SquadMetrics
{
    /// <summary>Whether the answer is one of the right ones, letter by letter after lower-casing and without punctuation and articles.</summary>
    public static bool IsExact(string prediction, IEnumerable<string> golds)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(golds);
        string own = Normalized(prediction);
        return golds.Any(g => Normalized(g) == own);
    }

    /// <summary>F1 of the answer's words, 0 … 1; both without words: 1.</summary>
    public static double F1(string prediction, IEnumerable<string> golds)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(golds);
        string[] own = Words(prediction);
        return golds.Select(g => F1(own, Words(g))).DefaultIfEmpty(0).Max();
    }

    /// <summary>What exact answers have in common: lower-cased words without ASCII punctuation and the articles a, an, the.</summary>
    internal static string Normalized(string text) => string.Join(' ', Words(text));

    private static double F1(string[] prediction, string[] gold)
    {
        if (prediction.Length == 0 || gold.Length == 0) return prediction.Length == gold.Length ? 1 : 0;
        Dictionary<string, int> left = gold.CountBy(w => w, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        int common = 0;
        foreach (string word in prediction)
        {
            if (!left.TryGetValue(word, out int count) || count == 0) continue;
            left[word] = count - 1;
            common++;
        }

        if (common == 0) return 0;
        double precision = (double)common / prediction.Length;
        double recall = (double)common / gold.Length;
        return 2 * precision * recall / (precision + recall);
    }

    private static string[] Words(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text.ToLowerInvariant())
        {
            if (!char.IsAscii(c) || !(char.IsPunctuation(c) || char.IsSymbol(c))) kept.Append(c);
        }

        return Articles().Replace(kept.ToString(), " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"\b(a|an|the)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Articles();
}
