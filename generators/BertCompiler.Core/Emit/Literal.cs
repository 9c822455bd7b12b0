using System.Globalization;
using System.Text;

namespace BertCompiler.Core.Emit;

/// <summary>Values as C# source.</summary>
internal static class Literal
{
    /// <summary>A float literal that reads back as the same bits.</summary>
    public static string Float(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>An integer with separators, <c>30_522</c> from five digits on.</summary>
    public static string Integer(long value)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        if (digits.Length < 5) return digits;
        for (int i = digits.Length - 3; i > 0; i -= 3) digits = digits.Insert(i, "_");
        return digits;
    }

    /// <summary>An integer for prose, <c>30,522</c>.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A character literal, escaped as in <see cref="String"/>.</summary>
    public static string Character(char value) => value == '\'' ? @"'\''" : "'" + String(value.ToString())[1..^1].Replace("\\\"", "\"") + "'";

    /// <summary>A string literal; everything but printable ASCII is escaped, so no text of a model can end it or start a comment.</summary>
    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c is >= ' ' and < '\u007f') text.Append(c);
            else text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }

    /// <summary>A sentence of ours for XML documentation: only markup is escaped.</summary>
    public static string DocumentationLine(string value) => value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Text of a model for XML documentation: one line, markup escaped, control and format characters replaced.</summary>
    public static string Documentation(string value) => DocumentationLine(Comment(value));

    /// <summary>Text of a model for a comment behind <c>//</c>: one line, control and format characters and halves of pairs replaced.</summary>
    public static string Comment(string value)
    {
        var text = new StringBuilder();
        foreach (char c in value)
        {
            bool shown = !char.IsControl(c) && !char.IsSurrogate(c)
                && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            text.Append(shown ? c : '·');
        }

        return text.Length <= 200 ? text.ToString() : text.ToString(0, 200) + "…";
    }
}
