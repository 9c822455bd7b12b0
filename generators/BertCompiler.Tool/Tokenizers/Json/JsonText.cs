using System.Globalization;
using System.Text;

namespace BertCompiler.Tool.Tokenizers.Json;

/// <summary>Strings as C# has them: an escaped half of a surrogate pair stays, since a text of a program may hold one.</summary>
internal static class JsonText
{
    /// <summary>The string that well-formed JSON bytes between two quotes stand for.</summary>
    public static string Unescape(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (!text.Contains('\\')) return text;
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            result.Append(text[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                char c => c,
            });
            if (text[i] == 'u') i += 4;
        }

        return result.ToString();
    }
}
