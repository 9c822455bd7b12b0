namespace BertCompiler.Core.Plan;

/// <summary>A tensor that must be in the checkpoint, or some of its rows.</summary>
public sealed record SourceTensor
{
    /// <summary>
    /// Its name, without the family's prefix; <c>{layer}</c> stands for the number of the layer's weights, <c>{group}</c> and <c>{inner}</c> for the
    /// group that they are in and their number there.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The shape that the whole tensor must have.</summary>
    public required EquatableArray<int> Shape { get; init; }

    /// <summary>Whether the family's prefix may stand before the name.</summary>
    public bool InEncoder { get; init; } = true;

    /// <summary>The first row that is taken.</summary>
    public int FirstRow { get; init; }

    /// <summary>How many rows are taken; 0: all.</summary>
    public int RowCount { get; init; }

    /// <summary>The sentence module whose own file holds it, by its place among the modules; null: the model's checkpoint does.</summary>
    public int? Module { get; init; }

    /// <summary>Older names of the same tensor (<c>gamma</c> for <c>weight</c>); a file that has both is refused.</summary>
    public EquatableArray<string> OldNames { get; init; }

    /// <summary>Tensors that stand in, the first that is there, where Name and OldNames are absent: tied weights, alias biases.</summary>
    public EquatableArray<string> Fallbacks { get; init; }
}
