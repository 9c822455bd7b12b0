namespace BertCompiler.Core.Config;

/// <summary>
/// One value of a JSON file, with its place. The tool parses (System.Text.Json, depth and size bounded, duplicate names refused); what the
/// values mean is decided here, without IO.
/// </summary>
public sealed class ConfigNode
{
    private readonly Dictionary<string, ConfigNode>? _byName;

    private ConfigNode(ConfigNodeKind kind, int line, int column, string text, IReadOnlyList<ConfigNode> items, IReadOnlyList<KeyValuePair<string, ConfigNode>> properties)
    {
        Kind = kind;
        Line = line;
        Column = column;
        Text = text;
        Items = items;
        Properties = properties;
        if (kind != ConfigNodeKind.Map) return;
        _byName = new Dictionary<string, ConfigNode>(properties.Count, StringComparer.Ordinal);
        foreach (KeyValuePair<string, ConfigNode> property in properties) _byName.Add(property.Key, property.Value);
    }

    /// <summary>What it is.</summary>
    public ConfigNodeKind Kind { get; }

    /// <summary>Line of the value, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the value in characters, from 1.</summary>
    public int Column { get; }

    /// <summary>The text of a string; a number as it is written; else empty.</summary>
    public string Text { get; }

    /// <summary>The values of an array; else empty.</summary>
    public IReadOnlyList<ConfigNode> Items { get; }

    /// <summary>The members of an object in the file's order; else empty.</summary>
    public IReadOnlyList<KeyValuePair<string, ConfigNode>> Properties { get; }

    /// <summary>The member of that name; null where there is none.</summary>
    public ConfigNode? this[string name] => _byName is not null && _byName.TryGetValue(name, out ConfigNode? node) ? node : null;

    /// <summary>A null, true or false.</summary>
    public static ConfigNode OfWord(ConfigNodeKind kind, int line, int column) => new(kind, line, column, "", [], []);

    /// <summary>A number, as it is written.</summary>
    public static ConfigNode OfNumber(string literal, int line, int column) => new(ConfigNodeKind.Number, line, column, literal, [], []);

    /// <summary>A string.</summary>
    public static ConfigNode OfText(string text, int line, int column) => new(ConfigNodeKind.Text, line, column, text, [], []);

    /// <summary>An array.</summary>
    public static ConfigNode OfList(IReadOnlyList<ConfigNode> items, int line, int column) => new(ConfigNodeKind.List, line, column, "", items, []);

    /// <summary>An object.</summary>
    /// <exception cref="ArgumentException">A name stands there twice.</exception>
    public static ConfigNode OfMap(IReadOnlyList<KeyValuePair<string, ConfigNode>> properties, int line, int column) =>
        new(ConfigNodeKind.Map, line, column, "", [], properties);

    /// <summary>What it is, for messages: <c>the string 'gelu'</c>, <c>8.5</c>, <c>an array</c>.</summary>
    public string Describe() => Kind switch
    {
        ConfigNodeKind.Null => "null",
        ConfigNodeKind.True => "true",
        ConfigNodeKind.False => "false",
        ConfigNodeKind.Number => Shorten(Text),
        ConfigNodeKind.Text => $"the string '{Shorten(Text)}'",
        ConfigNodeKind.List => "an array",
        _ => "an object",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
