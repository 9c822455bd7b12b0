using System.Globalization;
using System.Text;

namespace BertCompiler.Differential;

/// <summary>Text as a C# literal would write it: only printable ASCII stands for itself.</summary>
internal static class EscapedText
{
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') escaped.Append('\\').Append((char)rune.Value);
            else if (rune.Value is >= 0x20 and < 0x7F) escaped.Append((char)rune.Value);
            else escaped.Append(CultureInfo.InvariantCulture, $"\\{(rune.IsBmp ? 'u' : 'U')}{rune.Value.ToString(rune.IsBmp ? "X4" : "X8", CultureInfo.InvariantCulture)}");
        }

        return escaped.ToString();
    }
}
