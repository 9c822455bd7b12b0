using BertCompiler.Core.Config;
using BertCompiler.Core.Families;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Spec;

namespace BertCompiler.Tool.Importers.Tensors;

/// <summary>Which classes of a family a checkpoint has the heads of.</summary>
internal static class LoadableClasses
{
    /// <summary>Their names, the bare encoder first; it is not looked for the tensors of the layers.</summary>
    public static IReadOnlyList<string> Of(ModelConfig config, ModelSpec spec, TensorNames names) =>
        [.. config.Family.Architectures.Where(rule => rule.Parts.Count == 0 || HasHead(rule, config, spec, names)).Select(rule => rule.Architecture)];

    /// <summary>Whether a tensor belongs to the head, or to the pooler that it reads.</summary>
    public static bool IsOfHead(TensorRecipe tensor) => tensor.Name is "Pooler" or "PoolerBias" || tensor.Sources.Any(s => !s.InEncoder);

    private static bool HasHead(ArchitectureRule rule, ModelConfig config, ModelSpec spec, TensorNames names)
    {
        ModelSpec other = SpecBuilder.WithHead(spec, config with { Rule = rule });
        HashSet<string> byLabel = [.. ByLabel(rule)];
        return WeightPlanner.Plan(other, config.Family, rule).Shared.Where(IsOfHead).All(tensor => tensor.Sources.All(source => IsThere(source, names, anyRows: byLabel.Contains(tensor.Name))));
    }

    /// <summary>Packed tensors that have a row for each label.</summary>
    public static IEnumerable<string> ByLabel(ArchitectureRule rule) => rule.Parts.Where(p => p.Columns == HeadColumns.Labels).SelectMany(p => new[] { p.Name, p.Name + "Bias" });

    private static bool IsThere(SourceTensor source, TensorNames names, bool anyRows)
    {
        if ((names.Claimants(source, 0).FirstOrDefault() ?? names.StandIn(source, 0)) is not { } found || found.Shape.Count != source.Shape.Count) return false;
        return found.Shape.Zip(source.Shape).Select((pair, d) => pair.First == pair.Second || (anyRows && d == 0)).All(fits => fits);
    }
}
