using BertCompiler.Core.Config;
using BertCompiler.Core.Plan;
using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// Holds the facts of a manifest against each other, as far as plan and emitters rely on them. The import writes sound ones; a file in a build's
/// folder can be spoiled all the same, and must not take the compiler down.
/// </summary>
internal static class ManifestCheck
{
    /// <summary>Checks a manifest whose numbers are in range.</summary>
    /// <exception cref="FormatException">Two facts contradict each other; the message names the line.</exception>
    public static void Check(Manifest manifest)
    {
        ModelSpec spec = manifest.Spec;
        Family family = Family.Find(spec.Family) ?? throw new FormatException($"'family': there is no family '{ManifestFields.Shorten(spec.Family)}'");
        ArchitectureRule rule = family.Rule(spec.Architecture) ?? throw new FormatException($"'architecture': the family {spec.Family} has no class '{ManifestFields.Shorten(spec.Architecture)}'");
        Require(rule.Head == spec.Head.Kind, "head", $"{rule.Architecture} has the head {rule.Head}, not {spec.Head.Kind}");
        Require(spec.HasPooler || !rule.NeedsPooler, "pooler", $"{rule.Architecture} needs one");
        Require(!spec.HasPooler || family.Pooler is not null, "pooler", $"the family {spec.Family} has none");
        foreach (LayerSpec layer in spec.Layers.Kinds) Check(layer, spec, family);
        Check(spec.Layers);
        Check(spec.Embedding, spec, family);
        Check(spec.Head, rule);
        if (spec.Sentence is { } sentence) Check(sentence, spec);
        WeightCheck.Check(manifest, WeightPlanner.Plan(spec, family, rule).Layout);
    }

    private static void Check(LayerSpec layer, ModelSpec spec, Family family)
    {
        const string key = "layer-kind";
        bool known = layer.Relative switch
        {
            RelativePositions.None => true,
            RelativePositions.Buckets => family.BucketTable is not null,
            _ => family.DistanceTable is not null && spec.Embedding.Positions > 0,
        };
        Require(known, key, $"the family {spec.Family} has no relative positions {layer.Relative}");
        Require(layer.DistanceBuckets > 0 == (layer.Relative == RelativePositions.Buckets), key, "distance-buckets come with relative-positions=Buckets, and only there");
        Require(layer.Heads == spec.Layers.First.Heads && layer.HeadSize == spec.Layers.First.HeadSize, key, "all layers have as many heads of one size");
        Require((long)layer.Heads * layer.HeadSize <= ConfigLimits.Hidden, key, $"{layer.Heads} heads of {layer.HeadSize} are too wide");
        Require(layer.Heads % layer.KeyHeads == 0, key, $"{layer.Heads} heads are not a multiple of {layer.KeyHeads} heads of keys");
        Require(layer.IsGated == (family.Intermediate.Count == 2), key, $"gated={layer.IsGated} does not fit the family {spec.Family}");
        Require(layer.NormalizesAttentionInput || layer.NormPlacement == NormPlacement.BeforeBlock, key, "normalizes-attention-input=false comes with norm-placement=BeforeBlock");
        Require(layer.Rotary is null || (spec.Embedding.Positions > 0 && layer.HeadSize % 2 == 0), key, "rotary positions need positions and heads of an even size");
        Require(layer.Rotary is not { Table: RotaryTable.Stored } || family.RotaryTable is not null, key, $"the family {spec.Family} stores no rotary positions");
        Require(layer.Disentangled is null || family.SharedDistances is not null, key, $"the family {spec.Family} has no disentangled attention");
        Require(layer.Disentangled is not { SharesProjections: false } || family.PositionKeys is not null, key, $"the family {spec.Family} has no projections of distances");
        Require(layer.Disentangled is not { } d || (d.ContentToPosition || d.PositionToContent) && (d.Buckets == 0 || (d.Buckets == d.Span && d.Buckets > 1 && d.MaxDistance - 1 > d.Buckets / 2)), key, "the distances of disentangled attention do not fit");
        Require(layer.Convolution is not { } c || (family.Convolution is not null && c.Width % 2 == 1 && spec.Hidden % c.Groups == 0), key, "the convolution does not fit");
    }

    private static void Check(LayerSchedule stack)
    {
        const string key = "layer-order";
        int sets = stack.SetCount;
        Require(Enumerable.Range(0, sets).All(set => stack.Uses.Any(u => u.Weights == set)), key, "a set of weights is not used");
        Require(stack.Uses.GroupBy(u => u.Weights).All(g => g.Select(u => u.Kind).Distinct().Count() == 1), key, "a set of weights is of two kinds");
        Require(Enumerable.Range(0, stack.Kinds.Count).All(kind => stack.Uses.Any(u => u.Kind == kind)), key, "a kind of layer is not used");
    }

    private static void Check(EmbeddingSpec embedding, ModelSpec spec, Family family)
    {
        Require(embedding.Width == spec.Hidden || embedding.IsProjected, "embedding-width", $"tables of {embedding.Width} numbers need a projection to {spec.Hidden}");
        Require(!embedding.IsProjected || family.EmbeddingProjection is not null, "embedding-projection", $"the family {spec.Family} has none");
        Require(embedding.TokenTypes == 0 || family.TypeTable is not null, "token-types", $"the family {spec.Family} has none");
        Require(embedding.TaskTypes == 0 || family.TaskTable is not null, "task-types", $"the family {spec.Family} has none");
        Require(embedding.Norm is null || family.EmbeddingNorm is not null, "embedding-norm", $"the family {spec.Family} has none");
        Require(embedding.Positions > 0 || embedding.PositionTable == PositionTable.None, "positions", "a table of positions has at least one row");
        Require(spec.FinalNorm is null || family.FinalNorm is not null, "final-norm", $"the family {spec.Family} has none");
    }

    private static void Check(HeadSpec head, ArchitectureRule rule)
    {
        const string key = "head-part";
        Require(head.Parts.Count == rule.Parts.Count, key, $"{rule.Architecture} has {rule.Parts.Count}, not {head.Parts.Count}");
        foreach ((HeadPartSpec part, HeadPart expected) in head.Parts.Zip(rule.Parts, (part, expected) => (part, expected)))
        {
            Require(part.Name == expected.Name, key, $"expected the name {expected.Name}, found '{ManifestFields.Shorten(part.Name)}'");
            Require(part.Outputs == expected.Outputs && part.IsByColumn == expected.IsByColumn, key, $"{part.Name} has the outputs {string.Join(",", expected.Outputs)}");
            Require(part.ScoresVocabulary == (expected.Columns == HeadColumns.Vocabulary), key, $"{part.Name} scores something else");
            Require(expected.Columns != HeadColumns.Labels || part.Columns == head.Labels.Count, "label", $"{part.Name} has {part.Columns} columns for {head.Labels.Count} labels");
        }
    }

    private static void Check(SentenceSpec sentence, ModelSpec spec)
    {
        Require(spec.Head.Kind == HeadKind.None, "pooling", $"sentence vectors come from a bare encoder, not from a {spec.Head.Kind}");
        Require(sentence.DefaultPrompt is null || sentence.Prompts.Any(p => p.Name == sentence.DefaultPrompt), "default-prompt", "it is none of the prompts");
        int width = sentence.Pooling.Count * spec.Hidden;
        foreach (SentenceModule module in sentence.Modules)
        {
            int inputs = module switch
            {
                DenseModule dense => dense.Inputs,
                LayerNormModule norm => norm.Width,
                _ => width,
            };
            Require(inputs == width, "module", $"it takes {inputs} numbers, and {width} come");
            if (module is not DenseModule { Outputs: var outputs, Residual: var residual }) continue;
            Require(residual != DenseResidual.Identity || outputs == width, "module", $"its input of {width} numbers cannot be added to its result of {outputs}");
            width = outputs;
        }
    }

    private static void Require(bool holds, string key, string otherwise)
    {
        if (!holds) throw new FormatException($"'{key}': {otherwise}");
    }
}
