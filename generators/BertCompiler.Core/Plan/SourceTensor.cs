namespace BertCompiler.Core.Plan;

/// <summary>A tensor that must be in the checkpoint.</summary>
public sealed record SourceTensor
{
    /// <summary>Its name, without the family's prefix; <c>{layer}</c> stands for the layer's number.</summary>
    public required string Name { get; init; }

    /// <summary>The shape it must have.</summary>
    public required EquatableArray<int> Shape { get; init; }

    /// <summary>Whether the family's prefix may stand before the name.</summary>
    public required bool InEncoder { get; init; }

    /// <summary>The sentence module whose own file holds it, by its place among the modules; null: the model's checkpoint does.</summary>
    public int? Module { get; init; }

    /// <summary>Older names of the same tensor (<c>gamma</c> for <c>weight</c>); a file that has both is refused.</summary>
    public EquatableArray<string> OldNames { get; init; }

    /// <summary>Tensors that stand in, the first that is there, where Name and OldNames are absent: tied weights, alias biases.</summary>
    public EquatableArray<string> Fallbacks { get; init; }
}
