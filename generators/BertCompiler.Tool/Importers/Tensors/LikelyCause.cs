using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>
/// What most probably lies behind many faults: names that all begin with something, a configuration of another size, fewer layers. One sentence
/// that a person can act on, where a list of tensors says what is wrong and not why.
/// </summary>
internal sealed class LikelyCause(ModelConfig config, TensorNames names)
{
    /// <summary>Below that, a fault of a single tensor is as likely.</summary>
    private const int FewestShapes = 3;

    private readonly List<(SourceTensor Source, int Layer)> _missing = [];
    private readonly Dictionary<string, List<long>> _sizes = new(StringComparer.Ordinal);

    /// <summary>Notes a tensor that is not there.</summary>
    public void AddMissing(SourceTensor source, int layer) => _missing.Add((source, layer));

    /// <summary>Notes a tensor of another shape.</summary>
    public void AddShape(TensorRecipe tensor, SourceTensor source, TensorInfo found)
    {
        if (found.Shape.Count != source.Shape.Count) return;
        IReadOnlyList<string> fields = ShapeFields.NamesOf(tensor.Name, config.Family.Config);
        foreach (int d in Enumerable.Range(0, source.Shape.Count).Where(d => found.Shape[d] != source.Shape[d]))
        {
            if (fields.FirstOrDefault(f => ShapeFields.ValueOf(f, config) == source.Shape[d]) is not { } field) continue;
            if (!_sizes.TryGetValue(field, out List<long>? sizes)) _sizes.Add(field, sizes = []);
            sizes.Add(found.Shape[d]);
        }
    }

    /// <summary>Why tensors are missing; null: nothing stands out.</summary>
    public string? OfMissing()
    {
        if (_missing.Count == 0) return null;
        if (Prefix() is { } prefix) return $"the names in the file begin with '{prefix}', which a wrapper around the model put there: save the model inside it, or take the prefix off";
        int first = _missing.Where(m => IsOfLayer(m.Source)).Select(m => m.Layer).DefaultIfEmpty(0).Min();
        return first > 0 ? OfFewerLayers(first) : null;
    }

    /// <summary>What says that there are more layers than the file has; null: it has some of the later ones.</summary>
    private string? OfFewerLayers(int first)
    {
        ConfigNames fields = config.Family.Config;
        int sets = config.Layers.SetCount, inGroup = config.Layers.SetsInGroup;
        if (fields.LayersInGroup is { } inner && first < inGroup)
        {
            bool each = Enumerable.Range(0, sets).All(set => IsMissing(set) == (set % inGroup >= first));
            return each ? $"config.json says that '{inner}' is {inGroup}, and the file has groups of {first} layers" : null;
        }

        if (first >= sets || !Enumerable.Range(first, sets - first).All(IsMissing)) return null;
        return fields.LayerGroups is { } groups
            ? $"config.json says that '{groups}' is {sets / inGroup}, and the file has {first / inGroup} groups of layers"
            : $"config.json says that '{fields.Layers}' is {config.LayerCount}, and the file has {first} layers";
    }

    /// <summary>Why shapes differ; null: nothing stands out.</summary>
    public string? OfShapes()
    {
        string[] causes = [.. _sizes.Where(s => s.Value.Count >= FewestShapes && s.Value.Distinct().Count() == 1)
            .Select(s => $"'{s.Key}' is {ShapeFields.ValueOf(s.Key, config)} in config.json, and the tensors have {s.Value[0]}")];
        return causes.Length == 0 ? null : string.Join("; ", causes) + ": one of the two is another model's";
    }

    private static bool IsOfLayer(SourceTensor source) => source.Name.Contains('{');

    /// <summary>Whether nothing of a layer was found.</summary>
    private bool IsMissing(int layer) => !names.HasSet(config.Family.AttentionOutput, layer);

    /// <summary>What stands before most of the missing names in the file; null: nothing.</summary>
    private string? Prefix()
    {
        string[] missing = [.. _missing.Select(m => names.OfSet(m.Source.Name, m.Layer))];
        string? prefix = missing.Select(names.PrefixOf).FirstOrDefault(p => p is not null);
        return prefix is not null && 2 * missing.Count(name => names.PrefixOf(name) == prefix) >= missing.Length ? prefix : null;
    }
}
