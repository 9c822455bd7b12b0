using System.Globalization;

namespace BertCompiler.Core.Weights;

/// <summary>The parts of a manifest's line: <c>name=value</c>, separated by spaces.</summary>
internal sealed class LineParts
{
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly string _key;

    /// <summary>Takes a line apart.</summary>
    /// <param name="key">The line's key, for messages.</param>
    /// <param name="text">What follows it.</param>
    /// <exception cref="FormatException">It is not made of such parts.</exception>
    public LineParts(string key, string text)
    {
        _key = key;
        foreach (string part in text.Split(' '))
        {
            int equals = part.IndexOf('=');
            if (equals <= 0) throw new FormatException($"'{key}': expected 'name=value', found '{ManifestFields.Shorten(part)}'");
            if (_parts.ContainsKey(part[..equals])) throw new FormatException($"'{key}': '{ManifestFields.Shorten(part[..equals])}' stands there twice");
            _parts.Add(part[..equals], ManifestFields.Unescape(part[(equals + 1)..]));
        }
    }

    public bool Has(string name) => _parts.ContainsKey(name);

    public string Text(string name) => _parts.TryGetValue(name, out string? value) ? value : throw new FormatException($"'{_key}': '{name}' is missing");

    public int Int(string name, int least, int most) =>
        int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value : throw Wrong(name, $"a whole number from {least} to {most}");

    public int IntOr(string name, int least, int most, int otherwise) => Has(name) ? Int(name, least, most) : otherwise;

    public long Long(string name) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong(name, "a whole number of at least 0");

    /// <summary>A number above 0.</summary>
    public double Number(string name, double most) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && value <= most ? value : throw Wrong(name, FormattableString.Invariant($"a number above 0, at most {most}"));

    public bool Bool(string name, bool otherwise) => !Has(name) ? otherwise : Text(name) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(name, "'true' or 'false'"),
    };

    public T Enum<T>(string name)
        where T : struct, Enum => ManifestFields.ParseEnum<T>(_key, Text(name));

    public T EnumOr<T>(string name, T otherwise)
        where T : struct, Enum => Has(name) ? Enum<T>(name) : otherwise;

    public T? EnumOrNull<T>(string name)
        where T : struct, Enum => Has(name) ? Enum<T>(name) : null;

    private FormatException Wrong(string name, string expected) => new($"'{_key}': '{name}': expected {expected}, found '{ManifestFields.Shorten(Text(name))}'");
}
