using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Spec → packed file: which tensors, made from what, lying where. Runs in the import; everybody else reads what it decided.</summary>
public static class WeightPlanner
{
    /// <summary>Decides the layout of a model's packed file.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="names">What its checkpoint calls the tensors.</param>
    /// <param name="rule">What it calls those of the head; null: as the class of the spec does.</param>
    /// <param name="options">What may be decided.</param>
    public static PackingPlan Plan(ModelSpec spec, Family names, ArchitectureRule? rule = null, PackingOptions? options = null)
    {
        options ??= PackingOptions.Default;
        rule ??= names.Rule(spec.Architecture) ?? throw new ArgumentException($"no class '{spec.Architecture}' in the family {names.ModelType}", nameof(spec));
        long offset = WeightPlan.PageBytes;
        List<TensorRecipe> shared = Place(EmbeddingWeights.Tensors(spec, names), options.Precision, ref offset);
        var kinds = new List<EquatableArray<TensorRecipe>>();
        var weights = new List<LayerWeights>();
        foreach (LayerSpec layer in spec.Layers.Kinds)
        {
            long inLayer = 0;
            kinds.Add(new(Place(LayerTensors.Of(spec, layer, names, options), options.Precision, ref inLayer)));
            weights.Add(new(new(kinds[kinds.Count - 1].Select(r => r.Tensor)), inLayer));
        }

        int[] kindOfSet = [.. Enumerable.Range(0, spec.Layers.SetCount).Select(spec.Layers.KindOfSet)];
        var starts = new List<long>();
        foreach (int kind in kindOfSet)
        {
            starts.Add(offset);
            offset += weights[kind].Bytes;
        }

        shared.AddRange(Place(HeadWeights.Tensors(spec, names, rule), options.Precision, ref offset));
        if (spec.Sentence is { } sentence) shared.AddRange(Place(SentenceWeights.Tensors(sentence), options.Precision, ref offset));
        return new PackingPlan
        {
            Shared = new(shared),
            Kinds = new(kinds),
            KindOfSet = new(kindOfSet),
            Layout = new WeightPlan { Shared = new(shared.Select(r => r.Tensor)), Kinds = new(weights), Starts = new(starts), End = offset },
        };
    }

    private static List<TensorRecipe> Place(IEnumerable<TensorRecipe> recipes, ElementType precision, ref long offset)
    {
        var placed = new List<TensorRecipe>();
        foreach (TensorRecipe recipe in recipes)
        {
            ElementType type = recipe.Tensor.Layout == PackedLayout.Matrix ? precision : ElementType.Fp32;
            placed.Add(recipe with { Tensor = recipe.Tensor with { Type = type, Offset = offset } });
            offset += (recipe.Tensor.Bytes + WeightPlan.PageBytes - 1) / WeightPlan.PageBytes * WeightPlan.PageBytes;
        }

        return placed;
    }
}
