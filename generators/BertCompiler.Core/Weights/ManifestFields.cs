using System.Globalization;
using System.Text;

namespace BertCompiler.Core.Weights;

/// <summary>The lines of a manifest by key. Every accessor throws a <see cref="FormatException"/> that names the key.</summary>
internal sealed class ManifestFields
{
    /// <summary>Values as written, each of which can be unescaped.</summary>
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>What the manifest is of: a model, or a tokenizer alone.</summary>
    public string Kind => Text("kind");

    public static ManifestFields Parse(string text)
    {
        string[] lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != ManifestText.Signature)
        {
            throw new FormatException($"line 1: expected '{ManifestText.Signature}', found '{Shorten(lines[0])}': the manifest is of another version; import the model again");
        }

        var fields = new ManifestFields();
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#') continue;
            int space = line.IndexOf(' ');
            if (space <= 0) throw new FormatException($"line {i + 1}: expected 'key value', found '{Shorten(line)}'");
            string key = line[..space];
            if (!fields._values.TryGetValue(key, out List<string>? list)) fields._values[key] = list = [];
            string value = line[(space + 1)..];
            Unescape(value);
            list.Add(value);
        }

        return fields;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public IEnumerable<string> All(string key) => AllAsWritten(key).Select(Unescape);

    /// <summary>Values that have a structure of their own, to be unescaped part by part.</summary>
    public IEnumerable<string> AllAsWritten(string key) => _values.TryGetValue(key, out List<string>? list) ? list : [];

    public string Text(string key) =>
        _values.TryGetValue(key, out List<string>? list) && list.Count == 1
            ? Unescape(list[0])
            : throw new FormatException($"expected one line '{key}', found {list?.Count ?? 0}");

    /// <summary>A whole number in a range.</summary>
    public int Int(string key, int least, int most) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value : throw Wrong(key, $"a whole number from {least} to {most}");

    /// <summary>A whole number of at least 1 that is written only where it is not 0.</summary>
    public int IntOrZero(string key, int most = int.MaxValue) => Has(key) ? Int(key, 1, most) : 0;

    /// <summary>A whole number of at least 0.</summary>
    public long Long(string key) => long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong(key, "a whole number of at least 0");

    /// <summary>The ε of a LayerNorm: above 0, at most 1.</summary>
    public double Epsilon(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1 ? value : throw Wrong(key, "a number above 0, at most 1");

    /// <summary>A SHA-256 in lower-case hexadecimal digits.</summary>
    public string Hash(string key)
    {
        string text = Text(key);
        return text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')) ? text : throw Wrong(key, "64 lower-case hexadecimal digits");
    }

    /// <summary>A text that is written only where it is not empty.</summary>
    public string TextOrEmpty(string key) => Has(key) ? Text(key) : "";

    public bool Bool(string key) => Text(key) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(key, "'true' or 'false'"),
    };

    public T Enum<T>(string key)
        where T : struct, Enum => ParseEnum<T>(key, Text(key));

    public IEnumerable<T> Enums<T>(string key)
        where T : struct, Enum => Text(key).Split(',').Select(v => ParseEnum<T>(key, v)).ToArray();

    /// <summary>
    /// One line of well-formed Unicode, whatever the text holds: \\ for a backslash, \uXXXX for control characters, for what ends a line
    /// somewhere, and for halves of pairs.
    /// </summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            if (c == '\\') text.Append(@"\\");
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029') text.Append(@"\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>The text that <see cref="Escape"/> wrote.</summary>
    /// <exception cref="FormatException">It never writes that.</exception>
    public static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0) return value;
        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\') text.Append(value[i]);
            else if (i + 1 < value.Length && value[i + 1] == '\\') text.Append(value[++i]);
            else if (i + 5 < value.Length && value[i + 1] == 'u' && int.TryParse(value.Substring(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                text.Append((char)code);
                i += 5;
            }
            else throw new FormatException($"'{Shorten(value)}': a backslash must begin \\\\ or \\uXXXX");
        }

        return text.ToString();
    }

    public static T ParseEnum<T>(string key, string value)
        where T : struct, Enum =>
        System.Enum.TryParse(value, out T result) && System.Enum.IsDefined(typeof(T), result) ? result : throw new FormatException($"'{key}': '{Shorten(value)}' is no {typeof(T).Name}");

    private FormatException Wrong(string key, string expected) => new($"'{key}': expected {expected}, found '{Shorten(Text(key))}'");

    public static string Shorten(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
