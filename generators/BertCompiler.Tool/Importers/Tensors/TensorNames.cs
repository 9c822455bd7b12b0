using System.Globalization;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>The tensors of one checkpoint by name, under all the names that one tensor can have.</summary>
internal sealed class TensorNames
{
    private readonly Dictionary<string, TensorInfo> _byName;
    private readonly string _prefix;
    private readonly bool _prefixed;

    public TensorNames(ICheckpoint checkpoint, Family family)
    {
        _byName = checkpoint.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _prefix = family.Prefix;
        _prefixed = checkpoint.Tensors.Any(t => t.Name.StartsWith(_prefix, StringComparison.Ordinal));
    }

    /// <summary>Whether an encoder tensor of that name is there, with or without the prefix.</summary>
    public bool HasEncoderTensor(string name) => _byName.ContainsKey(name) || _byName.ContainsKey(_prefix + name);

    /// <summary>Every tensor that claims to be this one: the current name and older ones, with the prefix and without.</summary>
    public List<TensorInfo> Claimants(SourceTensor source, int layer) =>
        Present(source.OldNames.Prepend(source.Name), layer, source.InEncoder);

    /// <summary>The tensor that stands in where no claimant is there; null: none does.</summary>
    public TensorInfo? StandIn(SourceTensor source, int layer) =>
        Present(source.Fallbacks, layer, withPrefix: true).FirstOrDefault();

    /// <summary>The name that a missing tensor would have in this checkpoint.</summary>
    public string Expected(SourceTensor source, int layer) =>
        (source.InEncoder && _prefixed ? _prefix : "") + OfLayer(source.Name, layer);

    /// <summary>The name without the prefix.</summary>
    public string Strip(string name) => name.StartsWith(_prefix, StringComparison.Ordinal) ? name[_prefix.Length..] : name;

    /// <summary>The name with the layer's number in it.</summary>
    public static string OfLayer(string name, int layer) => name.Replace("{layer}", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private List<TensorInfo> Present(IEnumerable<string> names, int layer, bool withPrefix)
    {
        var found = new List<TensorInfo>();
        foreach (string name in names.Select(n => OfLayer(n, layer)))
        {
            if (_byName.TryGetValue(name, out TensorInfo? bare)) found.Add(bare);
            if (withPrefix && _byName.TryGetValue(_prefix + name, out TensorInfo? prefixed)) found.Add(prefixed);
        }

        return found;
    }
}
