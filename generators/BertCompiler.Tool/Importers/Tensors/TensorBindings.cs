using BertCompiler.Core.Plan;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which tensors of the checkpoint each packed tensor is made of; complete and of the right shapes.</summary>
internal sealed class TensorBindings
{
    private readonly Dictionary<(string Name, int Set), TensorInfo[]> _sources = [];

    /// <summary>Every checkpoint tensor in use, once.</summary>
    public IEnumerable<TensorInfo> All => _sources.Values.SelectMany(s => s).Distinct();

    /// <summary>The sources of a packed tensor, in the order of the recipe; <paramref name="set"/>, a set of a layer's weights, is 0 for shared tensors.</summary>
    public IReadOnlyList<TensorInfo> Of(TensorRecipe recipe, int set) => _sources[(recipe.Name, set)];

    /// <summary>Notes the sources of a packed tensor.</summary>
    public void Add(TensorRecipe recipe, int set, TensorInfo[] sources) => _sources.Add((recipe.Name, set), sources);
}
