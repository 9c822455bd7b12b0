using System.Globalization;
using System.Text;

namespace BertCompiler.Core.Emit;

/// <summary>A valid, distinct C# name for each label, whatever its text.</summary>
internal static class LabelNames
{
    private const int Longest = 60;

    /// <summary>
    /// Words are joined in Pascal case; what cannot stand in a name separates words. A name that would begin with a digit or be empty gets
    /// <paramref name="word"/> in front; a name that another label has, or that is <paramref name="taken"/>, gets its number behind.
    /// </summary>
    public static IReadOnlyList<string> Make(IEnumerable<string> labels, string word = "Label", params IEnumerable<string> taken)
    {
        var names = new List<string>();
        var all = new HashSet<string>(taken, StringComparer.Ordinal);
        foreach (string label in labels)
        {
            string name = Pascal(label);
            if (name.Length == 0 || char.IsDigit(name[0])) name = word + name;
            string unique = name;
            for (int n = names.Count; !all.Add(unique); n++) unique = name + "_" + n.ToString(CultureInfo.InvariantCulture);
            names.Add(unique);
        }

        return names;
    }

    private static string Pascal(string label)
    {
        var name = new StringBuilder();
        bool start = true;
        foreach (char c in label)
        {
            if (name.Length == Longest) break;
            bool fits = c == '_' || (!char.IsSurrogate(c) && char.IsLetterOrDigit(c) && IsIdentifierCategory(c));
            if (!fits)
            {
                start = true;
                continue;
            }

            name.Append(start ? char.ToUpperInvariant(c) : c);
            start = false;
        }

        return name.ToString();
    }

    /// <summary>Letters and decimal digits as C# allows them in identifiers; IsLetterOrDigit and C# agree on these.</summary>
    private static bool IsIdentifierCategory(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;
}
