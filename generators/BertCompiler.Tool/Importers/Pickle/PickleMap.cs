namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A dictionary, in the order in which its keys first came. A text key that comes again replaces its value, as in Python.</summary>
internal sealed class PickleMap
{
    private readonly List<KeyValuePair<object?, object?>> _entries = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Keys and values. Keys that are no texts may repeat.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => _entries;

    /// <summary>The value under a text; null: none, or None.</summary>
    public object? this[string key] => _places.TryGetValue(key, out int place) ? _entries[place].Value : null;

    /// <summary>Sets a value.</summary>
    public void Set(object? key, object? value)
    {
        var entry = new KeyValuePair<object?, object?>(key, value);
        if (key is string text)
        {
            if (_places.TryGetValue(text, out int place))
            {
                _entries[place] = entry;
                return;
            }

            _places.Add(text, _entries.Count);
        }

        _entries.Add(entry);
    }
}
