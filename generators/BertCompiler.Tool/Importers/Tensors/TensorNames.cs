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
    private ILookup<string, string>? _byEnding;

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

    /// <summary>What stands before a name in this checkpoint beside the family's own prefix, <c>module.</c>; null: nothing, or there is no such tensor.</summary>
    public string? PrefixOf(string name)
    {
        _byEnding ??= _byName.Keys.ToLookup(Ending, StringComparer.Ordinal);
        foreach (string candidate in _byEnding[Ending(name)])
        {
            if (candidate.Length <= name.Length || !candidate.EndsWith("." + name, StringComparison.Ordinal)) continue;
            string before = candidate[..^name.Length];
            if (before.EndsWith(_prefix, StringComparison.Ordinal)) before = before[..^_prefix.Length];
            if (before.Length > 0) return before;
        }

        return null;
    }

    /// <summary>Whether anything of a layer is there.</summary>
    /// <param name="stem">The stem of one of its tensors.</param>
    /// <param name="layer">The layer's number.</param>
    public bool HasLayer(string stem, int layer)
    {
        string start = OfLayer(stem[..(stem.IndexOf("{layer}", StringComparison.Ordinal) + "{layer}".Length)], layer) + ".";
        return _byName.Keys.Any(n => Strip(n).StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>The name with the layer's number in it.</summary>
    public static string OfLayer(string name, int layer) => name.Replace("{layer}", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The last three parts of a name: few names of a checkpoint share them.</summary>
    private static string Ending(string name) => string.Join('.', name.Split('.').TakeLast(3));

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
