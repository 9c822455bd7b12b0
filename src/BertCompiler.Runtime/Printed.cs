using System.Globalization;
using System.Text;

namespace BertCompiler;

/// <summary>How results print themselves: one line, the same in every culture, never longer than a person reads.</summary>
internal static class Printed
{
    private const int LongestText = 60;

    /// <summary>Three digits: 0.98, 12.3, 0.00123.</summary>
    public static string Number(double value) =>
        Math.Abs(value) is >= 999.5 and < 1e15 ? value.ToString("F0", CultureInfo.InvariantCulture) : value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>A text in quotation marks.</summary>
    public static string Quoted(string text) => $"\"{Short(text)}\"";

    /// <summary>A text on one line, cut at 60 characters.</summary>
    public static string Short(string text)
    {
        int length = Math.Min(text.Length, LongestText);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
        var line = new StringBuilder(length + 1);
        foreach (char c in text.AsSpan(0, length))
        {
            switch (c)
            {
                case '\n': line.Append("\\n"); break;
                case '\r': line.Append("\\r"); break;
                case '\t': line.Append("\\t"); break;
                default: line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c); break;
            }
        }

        return length < text.Length ? line.Append('…').ToString() : line.ToString();
    }

    /// <summary><c>1 text</c>, <c>3 texts</c>.</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>The first items of a list, and an ellipsis where there are more.</summary>
    public static string First<T>(IReadOnlyList<T> items, int most = 3, string separator = ", ")
    {
        string shown = string.Join(separator, items.Take(most));
        return items.Count > most ? shown + separator + "…" : shown;
    }

    /// <summary>What is added where a text was cut.</summary>
    public static string Cut(bool truncated) => truncated ? ", text cut" : "";
}
