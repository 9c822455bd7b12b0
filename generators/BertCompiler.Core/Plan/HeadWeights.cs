using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors that the pooler and a head add behind the layers.</summary>
internal static class HeadWeights
{
    public static IEnumerable<PackedTensor> Tensors(ModelSpec spec, Family family)
    {
        if (spec.HasPooler && family.Pooler is { } pooler)
        {
            yield return Packed.Matrix("Pooler", pooler, spec.Hidden, spec.Hidden);
            yield return Packed.Bias("PoolerBias", pooler, spec.Hidden);
        }

        if (spec.Head.Kind == HeadKind.None) yield break;
        foreach (HeadPart part in HeadPlanner.PartsOf(spec, family))
        {
            foreach (PackedTensor tensor in Tensors(part, spec, family)) yield return tensor.OfHead();
        }
    }

    private static IEnumerable<PackedTensor> Tensors(HeadPart part, ModelSpec spec, Family family)
    {
        int width = HeadPlanner.DenseWidth(part, spec);
        int columns = HeadPlanner.Columns(part, spec);
        if (part.Dense is { } dense)
        {
            yield return Packed.Matrix(part.Name + "Dense", dense, spec.Hidden, width);
            yield return Packed.Bias(part.Name + "DenseBias", dense, width);
        }

        if (part.Norm is { } norm)
        {
            yield return Packed.Scale(part.Name + "NormScale", norm, width);
            yield return Packed.Shift(part.Name + "NormShift", norm, width);
        }

        PackedTensor scores = Packed.Matrix(part.Name, part.Scores, part.Dense is null ? spec.Hidden : width, columns);
        yield return part.IsTied && spec.Head.TiesWords ? WithFallback(scores, family.WordTable + ".weight") : scores;
        PackedTensor bias = Packed.Bias(part.Name + "Bias", part.Scores, columns);
        yield return part.BiasElsewhere is { } elsewhere ? WithFallback(bias, elsewhere) : bias;
    }

    private static PackedTensor WithFallback(PackedTensor tensor, string name) =>
        tensor with { Sources = new(tensor.Sources.Select(s => s with { Fallbacks = new([name]) })) };
}
