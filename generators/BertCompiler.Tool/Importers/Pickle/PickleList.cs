namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>A list, or a set, whose items are not compared.</summary>
internal sealed class PickleList
{
    /// <summary>What is in it.</summary>
    public List<object?> Items { get; } = [];
}
