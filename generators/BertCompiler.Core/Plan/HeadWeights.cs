using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors after the layers: final norm, pooler, and the parts of the head.</summary>
internal static class HeadWeights
{
    public static IEnumerable<TensorRecipe> Tensors(ModelSpec spec, Family names, ArchitectureRule head)
    {
        if (spec.FinalNorm is { } norm)
        {
            foreach (TensorRecipe tensor in LayerTensors.Norm("FinalNorm", names.FinalNorm!, norm, spec.Hidden)) yield return tensor;
        }

        if (spec.HasPooler)
        {
            yield return Packed.Matrix("Pooler", names.Pooler!, spec.Hidden, spec.Hidden);
            yield return Packed.Bias("PoolerBias", names.Pooler!, spec.Hidden);
        }

        foreach ((HeadPartSpec part, HeadPart rule) in spec.Head.Parts.Zip(head.Parts, (part, rule) => (part, rule)))
        {
            foreach (TensorRecipe tensor in Tensors(spec, part, rule, names)) yield return rule.IsInEncoder ? tensor : tensor.OfHead();
        }
    }

    private static IEnumerable<TensorRecipe> Tensors(ModelSpec spec, HeadPartSpec part, HeadPart rule, Family names)
    {
        if (part.DenseWidth > 0)
        {
            yield return Packed.Matrix(part.Name + "Dense", rule.Dense!, spec.Hidden, part.DenseWidth);
            yield return Packed.Bias(part.Name + "DenseBias", rule.Dense!, part.DenseWidth, part.HasDenseBias);
        }

        int width = part.DenseWidth > 0 ? part.DenseWidth : spec.Hidden;
        if (part.Norm is { } norm)
        {
            foreach (TensorRecipe tensor in LayerTensors.Norm(part.Name + "Norm", rule.Norm!, norm, width)) yield return rule.OtherNorm is { } other ? tensor.OrCalled(rule.Norm!, other) : tensor;
        }

        TensorRecipe scores = Packed.Matrix(part.Name, rule.Scores, width, part.Columns);
        yield return rule.IsTied && spec.Head.TiesWords ? scores.OrElse(names.WordTable + ".weight") : scores;
        TensorRecipe bias = Packed.Bias(part.Name + "Bias", rule.Scores, part.Columns, part.HasBias);
        yield return rule.BiasElsewhere is { } elsewhere ? bias.OrElse(elsewhere) : bias;
    }
}
