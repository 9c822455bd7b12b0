using BertCompiler.Core.Plan;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which tensors of the checkpoint each packed tensor is made of; complete and of the right shapes.</summary>
internal sealed class TensorBindings
{
    private readonly Dictionary<(string Name, int Layer), TensorInfo[]> _sources = [];

    /// <summary>Every checkpoint tensor in use, once.</summary>
    public IEnumerable<TensorInfo> All => _sources.Values.SelectMany(s => s).Distinct();

    /// <summary>The sources of a packed tensor, in the order of concatenation; <paramref name="layer"/> is 0 for shared tensors.</summary>
    public IReadOnlyList<TensorInfo> Of(PackedTensor tensor, int layer) => _sources[(tensor.Name, layer)];

    /// <summary>Notes the sources of a packed tensor.</summary>
    public void Add(PackedTensor tensor, int layer, TensorInfo[] sources) => _sources.Add((tensor.Name, layer), sources);
}
