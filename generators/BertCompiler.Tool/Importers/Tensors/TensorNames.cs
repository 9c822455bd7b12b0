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
    private readonly int _setsInGroup;
    private ILookup<string, string>? _byEnding;

    /// <summary>The names in a checkpoint.</summary>
    /// <param name="checkpoint">Its tensors.</param>
    /// <param name="family">What the family calls them.</param>
    /// <param name="setsInGroup">Sets of a layer's weights that are named together.</param>
    public TensorNames(ICheckpoint checkpoint, Family family, int setsInGroup = 1)
    {
        _setsInGroup = setsInGroup;
        _byName = checkpoint.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _prefix = family.Prefix;
        _prefixed = checkpoint.Tensors.Any(t => t.Name.StartsWith(_prefix, StringComparison.Ordinal));
    }

    /// <summary>Whether an encoder tensor of that name is there, with or without the prefix.</summary>
    public bool HasEncoderTensor(string name) => _byName.ContainsKey(name) || _byName.ContainsKey(_prefix + name);

    /// <summary>Every tensor that claims to be this one: the current name and older ones, with the prefix and without.</summary>
    public List<TensorInfo> Claimants(SourceTensor source, int set) =>
        Present(source.OldNames.Prepend(source.Name), set, source.InEncoder);

    /// <summary>The tensor that stands in where no claimant is there; null: none does.</summary>
    public TensorInfo? StandIn(SourceTensor source, int set) =>
        Present(source.Fallbacks, set, withPrefix: true).FirstOrDefault();

    /// <summary>The name that a missing tensor would have in this checkpoint.</summary>
    public string Expected(SourceTensor source, int set) =>
        (source.InEncoder && _prefixed ? _prefix : "") + OfSet(source.Name, set);

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

    /// <summary>Whether anything of a set of a layer's weights is there.</summary>
    /// <param name="stem">The stem of one of its tensors.</param>
    /// <param name="set">Its number.</param>
    public bool HasSet(string stem, int set)
    {
        string start = OfSet(stem[..(stem.LastIndexOf('}') + 1)], set) + ".";
        return _byName.Keys.Any(n => Strip(n).StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>The name with the numbers of a set of a layer's weights in it.</summary>
    public string OfSet(string name, int set)
    {
        (int group, int inner) = Math.DivRem(set, _setsInGroup);
        return name.Replace("{layer}", Number(set), StringComparison.Ordinal).Replace("{group}", Number(group), StringComparison.Ordinal).Replace("{inner}", Number(inner), StringComparison.Ordinal);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The last three parts of a name: few names of a checkpoint share them.</summary>
    private static string Ending(string name) => string.Join('.', name.Split('.').TakeLast(3));

    private List<TensorInfo> Present(IEnumerable<string> names, int set, bool withPrefix)
    {
        var found = new List<TensorInfo>();
        foreach (string name in names.Select(n => OfSet(n, set)))
        {
            if (_byName.TryGetValue(name, out TensorInfo? bare)) found.Add(bare);
            if (withPrefix && _byName.TryGetValue(_prefix + name, out TensorInfo? prefixed)) found.Add(prefixed);
        }

        return found;
    }
}
