using System.Text;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>Texts of files that nobody vouches for: as text, and fit for a message.</summary>
internal static class Text
{
    private const int LongestShown = 120;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>UTF-8; where it is none, each byte as one character (Python 2 strings, old archives).</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>Without control characters, and not long.</summary>
    public static string Shorten(string text)
    {
        string shown = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return shown.Any(char.IsControl) ? string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : shown;
    }
}
