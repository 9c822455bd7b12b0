namespace BertCompiler.Core.Plan;

/// <summary>The values of a plan while it is made.</summary>
internal sealed class ValueList
{
    private readonly List<Value> _values = [];

    /// <summary>All of them.</summary>
    public EquatableArray<Value> All => new(_values);

    /// <summary>A value of one block.</summary>
    /// <returns>Its name.</returns>
    public string Add(string block, string name, RowAxis rows, int columns) => Add(new Value(name, rows, columns, Block: block));

    /// <summary>A value that several blocks read.</summary>
    /// <inheritdoc cref="Add(string, string, RowAxis, int)"/>
    public string AddShared(string name, RowAxis rows, int columns) => Add(new Value(name, rows, columns));

    private string Add(Value value)
    {
        if (_values.Any(v => v.Name == value.Name && (v.Block is null || value.Block is null || v.Block == value.Block))) throw new InvalidOperationException($"two values '{value.Name}'");
        _values.Add(value);
        return value.Name;
    }
}
