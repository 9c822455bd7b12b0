using System.Globalization;
using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Problems;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>
/// What to say about tensors that the model does not use: nothing about buffers, a note about other heads of the family, a warning about
/// the unknown, and an error about layers that config.json leaves out.
/// </summary>
internal sealed class UnusedTensors(ModelConfig config, ModelSpec spec, TensorNames names, string configFile, ProblemList problems)
{
    /// <summary>Reports them; the result is a note for people, or null.</summary>
    public string? Report(IEnumerable<TensorInfo> unused)
    {
        HashSet<string> known = KnownNames();
        var otherHeads = new List<TensorInfo>();
        var unknown = new List<TensorInfo>();
        var layers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (TensorInfo tensor in unused)
        {
            string name = names.Strip(tensor.Name);
            if (config.Family.IgnoredTensors.Contains(name)) continue;
            if (ExtraLayer(name) is var (layer, field)) layers[tensor.Name[..^(name.Length - layer.Length)]] = field;
            else if (known.Contains(name) || config.Family.OtherHeads.Any(start => name.StartsWith(start, StringComparison.Ordinal))) otherHeads.Add(tensor);
            else unknown.Add(tensor);
        }

        if (layers.Count > 0)
        {
            problems.Error(ProblemKinds.TensorExtraLayer, configFile, $"{string.Join(" and ", layers.Values.Distinct())}, and the weights have {TensorFaults.List(layers.Keys)} as well: without them it would be another model");
        }

        if (unknown.Count > 0)
        {
            problems.Warning(ProblemKinds.TensorExtra, unknown[0].File, $"{unknown.Count} {(unknown.Count == 1 ? "tensor has" : "tensors have")} no place in {spec.Architecture} and {(unknown.Count == 1 ? "is" : "are")} left out: {TensorFaults.List(unknown.Select(t => t.Name))}");
        }

        return otherHeads.Count == 0 ? null : $"{otherHeads.Count} tensors of other heads are not used: {TensorFaults.List(otherHeads.Select(t => t.Name))}";
    }

    /// <summary>The stem of a layer beyond the last, <c>encoder.layer.6</c>, and what config.json says instead; null for anything else.</summary>
    private (string Stem, string Stated)? ExtraLayer(string name)
    {
        string[] pattern = config.Family.AttentionOutput.Split('.');
        string[] parts = name.Split('.');
        for (int i = 0; i < Math.Min(pattern.Length, parts.Length); i++)
        {
            if (pattern[i][0] != '{' && pattern[i] != parts[i]) return null;
            if (pattern[i][0] != '{') continue;
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
            (string field, int count, int sets) = CountOf(pattern[i]);
            if (number >= sets) return (string.Join('.', parts.Take(i + 1)), $"'{field}' is {count}");
        }

        return null;
    }

    /// <summary>The field that says how many there are, what it says, and how many numbers the names have.</summary>
    private (string Field, int Count, int Numbers) CountOf(string placeholder)
    {
        ConfigNames fields = config.Family.Config;
        int groups = spec.Layers.SetCount / spec.Layers.SetsInGroup;
        return placeholder switch
        {
            "{group}" => (fields.LayerGroups ?? fields.Layers, groups, groups),
            "{inner}" => (fields.LayersInGroup ?? fields.Layers, spec.Layers.SetsInGroup, spec.Layers.SetsInGroup),
            _ => (fields.Layers, config.LayerCount, spec.Layers.SetCount),
        };
    }

    /// <summary>What every class of the family would use, without the prefix.</summary>
    private HashSet<string> KnownNames()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (ArchitectureRule rule in config.Family.Architectures)
        {
            // Files keep the table of positions where attention knows the distances instead.
            ModelSpec other = SpecBuilder.WithHead(spec, config with { Rule = rule }) with
            {
                HasPooler = config.Family.Pooler is not null,
                Embedding = spec.Embedding with { PositionTable = config.Family.PositionTable.Length > 0 ? PositionTable.Stored : PositionTable.None },
            };
            foreach (SourceTensor source in WeightPlanner.Plan(other, config.Family, rule).Shared.SelectMany(t => t.Sources))
            {
                known.Add(source.Name);
                known.UnionWith(source.OldNames);
                known.UnionWith(source.Fallbacks);
            }
        }

        return known;
    }
}
