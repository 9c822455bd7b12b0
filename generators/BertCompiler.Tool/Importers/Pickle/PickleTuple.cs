namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A tuple. Items may be shared or contain each other: nothing walks them as a tree.</summary>
internal sealed class PickleTuple(object?[] items)
{
    /// <summary>The tuple of nothing.</summary>
    public static PickleTuple Empty { get; } = new([]);

    /// <summary>What is in it.</summary>
    public IReadOnlyList<object?> Items => items;
}
