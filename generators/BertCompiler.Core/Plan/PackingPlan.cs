namespace BertCompiler.Core.Plan;

/// <summary>The packed file as the import sees it: where everything lies, and what it is made of.</summary>
public sealed record PackingPlan
{
    /// <summary>Tensors that are there once, in the order of the file: those before the layers, then those after.</summary>
    public required EquatableArray<TensorRecipe> Shared { get; init; }

    /// <summary>For each kind of layer the tensors of a layer, in order.</summary>
    public required EquatableArray<EquatableArray<TensorRecipe>> Kinds { get; init; }

    /// <summary>For each set of a layer's weights its kind.</summary>
    public required EquatableArray<int> KindOfSet { get; init; }

    /// <summary>Where everything lies: what the manifest says.</summary>
    public required WeightPlan Layout { get; init; }

    /// <summary>Tensors of layers, with the number of the set of weights that each belongs to.</summary>
    public IEnumerable<(TensorRecipe Recipe, int Set)> LayerTensors =>
        Enumerable.Range(0, KindOfSet.Count).SelectMany(set => Kinds[KindOfSet[set]].Select(recipe => (recipe, set)));
}
