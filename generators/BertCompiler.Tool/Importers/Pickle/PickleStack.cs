namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A pickle's stack with its marks, and its memo. Nothing is taken from below a mark; every growth is paid from the budget.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private const int SlotBytes = 16;
    private const int MemoBytes = 64;

    private readonly List<object?> _items = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    /// <summary>The topmost value.</summary>
    public object? Top => _items.Count > Floor ? _items[^1] : throw input.Malformed("a value is needed, and the stack is empty");

    /// <summary>Puts a value on top.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bytes">Memory that it takes beside its place.</param>
    public void Push(object? value, int bytes = 0)
    {
        input.Spend(SlotBytes + bytes);
        _items.Add(value);
    }

    /// <summary>Takes the topmost value.</summary>
    public object? Pop()
    {
        object? top = Top;
        _items.RemoveAt(_items.Count - 1);
        return top;
    }

    /// <summary>Sets a mark.</summary>
    public void Mark()
    {
        input.Spend(SlotBytes);
        _marks.Add(_items.Count);
    }

    /// <summary>Takes everything above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0) throw input.Malformed("a mark is needed, and none is set");
        int from = _marks[^1];
        int count = _items.Count - from;
        input.Spend(32 + (8L * count));
        var values = new object?[count];
        _items.CopyTo(from, values, 0, count);
        _items.RemoveRange(from, count);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    /// <summary>Takes so many values, the lowest first.</summary>
    public object?[] Pop(int count)
    {
        input.Spend(32 + (8L * count));
        var values = new object?[count];
        for (int i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    /// <summary>POP: the topmost value, or the mark where it is on top.</summary>
    public void Drop()
    {
        if (_marks.Count > 0 && _items.Count == _marks[^1]) _marks.RemoveAt(_marks.Count - 1);
        else Pop();
    }

    /// <summary>Remembers the topmost value.</summary>
    public void Memoize(uint key)
    {
        object? top = Top;
        input.Spend(MemoBytes);
        _memo[key] = top;
    }

    /// <summary>Remembers the topmost value under the next number.</summary>
    public void Memoize() => Memoize((uint)_memo.Count);

    /// <summary>Puts a remembered value on top.</summary>
    public void Recall(uint key)
    {
        if (!_memo.TryGetValue(key, out object? value)) throw input.Malformed($"nothing was remembered under the number {key}");
        Push(value);
    }
}
