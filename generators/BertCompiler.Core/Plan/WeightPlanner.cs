using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>Spec → packed file: which tensors, made from what, lying where.</summary>
public static class WeightPlanner
{
    /// <summary>Decides the layout of a model's packed file.</summary>
    public static WeightPlan Plan(ModelSpec spec, Optimizations optimizations = Optimizations.All)
    {
        Family family = Family.Of(spec);
        long offset = WeightPlan.PageBytes;
        List<PackedTensor> shared = Place(EmbeddingTensors(spec, family), ref offset);
        long firstLayer = offset;
        long inLayer = 0;
        List<PackedTensor> layer = Place(LayerTensors(spec, family, optimizations), ref inLayer);
        offset += spec.Layers * inLayer;
        shared.AddRange(Place(HeadWeights.Tensors(spec, family), ref offset));
        if (spec.Sentence is { } sentence) shared.AddRange(Place(SentenceWeights.Tensors(sentence), ref offset));
        return new WeightPlan
        {
            Shared = new(shared),
            Layer = new(layer),
            FirstLayer = firstLayer,
            LayerBytes = inLayer,
            Layers = spec.Layers,
            End = offset,
        };
    }

    private static List<PackedTensor> Place(IEnumerable<PackedTensor> tensors, ref long offset)
    {
        var placed = new List<PackedTensor>();
        foreach (PackedTensor tensor in tensors)
        {
            placed.Add(tensor with { Offset = offset });
            offset += (tensor.Bytes + WeightPlan.PageBytes - 1) / WeightPlan.PageBytes * WeightPlan.PageBytes;
        }

        return placed;
    }

    private static IEnumerable<PackedTensor> EmbeddingTensors(ModelSpec spec, Family family)
    {
        EmbeddingSpec e = spec.Embedding;
        yield return Packed.Table("WordTable", family.WordTable, e.Vocabulary, e.Width);
        if (e.PositionTable == PositionTable.Stored) yield return Packed.Table("PositionTable", family.PositionTable, e.Positions, e.Width);
        if (e.PositionTable == PositionTable.Sinusoidal) yield return Packed.Sinusoids("PositionTable", e.Positions, e.Width);
        if (family.TypeTable is { } types && e.TokenTypes > 0) yield return Packed.Table("TypeTable", types, e.TokenTypes, e.Width);
        yield return Packed.Scale("EmbeddingNormScale", family.EmbeddingNorm, e.Width);
        yield return Packed.Shift("EmbeddingNormShift", family.EmbeddingNorm, e.Width);
        if (family.EmbeddingProjection is { } projection && e.Width != spec.Hidden)
        {
            yield return Packed.Matrix("EmbeddingProjection", projection, e.Width, spec.Hidden);
            yield return Packed.Bias("EmbeddingProjectionBias", projection, spec.Hidden);
        }

        if (family.BucketTable is { } buckets && spec.Layer.Relative == RelativePositions.Buckets)
        {
            yield return Packed.Table("DistanceBuckets", buckets, spec.Layer.DistanceBuckets, spec.Layer.Heads);
        }
    }

    private static IEnumerable<PackedTensor> LayerTensors(ModelSpec spec, Family family, Optimizations optimizations)
    {
        int h = spec.Hidden;
        int f = spec.Layer.FeedForward;
        int fold = ScaleFolding.Exponent(spec.Layer, optimizations);
        yield return Packed.Matrix("QueryKeyValue", family.QueryKeyValue, h, h) with { FirstSourceExponent = fold };
        yield return Packed.Bias("QueryKeyValueBias", family.QueryKeyValue, h) with { FirstSourceExponent = fold };
        if (family.DistanceTable is { } distances && spec.Layer.Relative is (RelativePositions.Key or RelativePositions.KeyQuery))
        {
            yield return Packed.Matrix("Distances", distances, spec.Layer.HeadSize, (2 * spec.Embedding.Positions) - 1);
        }

        yield return Packed.Matrix("AttentionOutput", family.AttentionOutput, h, h);
        yield return Packed.Bias("AttentionOutputBias", family.AttentionOutput, h);
        yield return Packed.Scale("AttentionNormScale", family.AttentionNorm, h);
        yield return Packed.Shift("AttentionNormShift", family.AttentionNorm, h);
        yield return Packed.Matrix("Intermediate", family.Intermediate, h, f);
        yield return Packed.Bias("IntermediateBias", family.Intermediate, f);
        yield return Packed.Matrix("Output", family.Output, f, h);
        yield return Packed.Bias("OutputBias", family.Output, h);
        yield return Packed.Scale("OutputNormScale", family.OutputNorm, h);
        yield return Packed.Shift("OutputNormShift", family.OutputNorm, h);
    }
}
