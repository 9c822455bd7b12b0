using BertCompiler.Core.Families;
using BertCompiler.Core.Spec;

namespace BertCompiler.Core.Plan;

/// <summary>The tensors before the layers: embeddings, and the tables of positions that layers share.</summary>
internal static class EmbeddingWeights
{
    public static IEnumerable<TensorRecipe> Tensors(ModelSpec spec, Family names)
    {
        EmbeddingSpec e = spec.Embedding;
        yield return Packed.Table("WordTable", names.WordTable, e.Vocabulary, e.Width);
        if (e.PositionTable == PositionTable.Stored) yield return Packed.Table("PositionTable", names.PositionTable, e.Positions, e.Width);
        if (e.PositionTable == PositionTable.Sinusoidal) yield return Packed.Table("PositionTable", e.Positions, e.Width, new SineWaves());
        if (e.TokenTypes > 0) yield return Packed.Table("TypeTable", Name(names.TypeTable, "token types"), e.TokenTypes, e.Width);
        if (e.TaskTypes > 0) yield return Packed.Table("TaskTable", Name(names.TaskTable, "task types"), e.TaskTypes, e.Width);
        int normed = e.NormFollowsProjection ? spec.Hidden : e.Width;
        if (e.Norm is { } norm)
        {
            foreach (TensorRecipe tensor in LayerTensors.Norm("EmbeddingNorm", Name(names.EmbeddingNorm, "embedding norm"), norm, normed)) yield return tensor;
        }

        if (e.IsProjected)
        {
            string projection = Name(names.EmbeddingProjection, "embedding projection");
            yield return Packed.Matrix("EmbeddingProjection", projection, e.Width, spec.Hidden);
            yield return Packed.Bias("EmbeddingProjectionBias", projection, spec.Hidden, e.HasProjectionBias);
        }

        if (spec.Layers.Kinds.FirstOrDefault(k => k.Relative == RelativePositions.Buckets) is { } bucketed)
        {
            yield return Packed.Table("DistanceBuckets", Name(names.BucketTable, "distance buckets"), bucketed.DistanceBuckets, bucketed.Heads);
        }

        foreach (RotarySpec rotary in RotaryTables.Of(spec.Layers)) yield return RotaryTable(spec, rotary, names);
    }

    private static TensorRecipe RotaryTable(ModelSpec spec, RotarySpec rotary, Family names)
    {
        string name = RotaryTables.NameOf(spec.Layers, rotary);
        (int rows, int columns) = (spec.Embedding.Positions, spec.Layers.First.HeadSize);
        return rotary.Table == Spec.RotaryTable.Stored
            ? Packed.Table(name, Name(names.RotaryTable, "rotary positions"), rows, columns)
            : Packed.Table(name, rows, columns, new RotaryAngles(rotary.Base, rotary.Table == Spec.RotaryTable.RoundedOnce));
    }

    private static string Name(string? name, string what) => name ?? throw new ArgumentException($"the family does not name its {what}");
}
