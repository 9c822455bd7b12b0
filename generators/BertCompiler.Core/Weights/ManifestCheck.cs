using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Weights;

/// <summary>
/// Holds the facts of a manifest against each other, as far as plan and emitters rely on them. The import writes sound ones; a file in a build's
/// folder can be spoiled all the same, and must not take the compiler down.
/// </summary>
internal static class ManifestCheck
{
    /// <summary>Checks a spec whose numbers are in range.</summary>
    /// <exception cref="FormatException">Two facts contradict each other; the message names the line.</exception>
    public static void Check(ModelSpec spec)
    {
        Family family = Family.Find(spec.Family) ?? throw new FormatException($"'family': there is no family '{ManifestFields.Shorten(spec.Family)}'");
        ArchitectureRule rule = family.Rule(spec.Architecture) ?? throw new FormatException($"'architecture': the family {spec.Family} has no class '{ManifestFields.Shorten(spec.Architecture)}'");
        Require(rule.Head == spec.Head.Kind, "head", $"{rule.Architecture} has the head {rule.Head}, not {spec.Head.Kind}");
        Require(spec.HasPooler || !rule.NeedsPooler, "pooler", $"{rule.Architecture} needs one");
        Require(!spec.HasPooler || family.Pooler is not null || rule.NeedsPooler, "pooler", $"the family {spec.Family} has none");
        Require((long)spec.Layer.Heads * spec.Layer.HeadSize == spec.Hidden, "head-size", $"{spec.Layer.Heads} heads of {spec.Layer.HeadSize} are not {spec.Hidden}");
        Require(spec.Embedding.Width == spec.Hidden || family.EmbeddingProjection is not null, "embedding-width", $"the family {spec.Family} has tables of the width of its layers");
        Require(spec.Embedding.TokenTypes == 0 || family.TypeTable is not null, "token-types", $"the family {spec.Family} has none");
        bool known = spec.Layer.Relative switch
        {
            RelativePositions.None => true,
            RelativePositions.Buckets => family.BucketTable is not null,
            _ => family.DistanceTable is not null,
        };
        Require(known, "relative-positions", $"the family {spec.Family} has no {spec.Layer.Relative}");
        Require(spec.Layer.DistanceBuckets > 0 == (spec.Layer.Relative == RelativePositions.Buckets), "distance-buckets", "they come with 'relative-positions Buckets', and only there");
        if (spec.Sentence is { } sentence) Check(sentence, spec);
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
