namespace BertCompiler.Tasks;

/// <summary>The items with the greatest scores, greatest first; of equals, what came first is first.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class TopList<T>(int capacity)
{
    private readonly List<KeyValuePair<double, T>> _items = [];

    public IReadOnlyList<KeyValuePair<double, T>> Items => _items;

    public void Add(double score, T item)
    {
        if (_items.Count == capacity && (capacity == 0 || !(score > _items[^1].Key))) return;
        int at = _items.Count;
        while (at > 0 && score > _items[at - 1].Key) at--;
        if (_items.Count == capacity) _items.RemoveAt(_items.Count - 1);
        _items.Insert(at, KeyValuePair.Create(score, item));
    }
}
