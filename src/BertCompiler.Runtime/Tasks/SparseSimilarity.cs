namespace BertCompiler.Tasks;

/// <summary>The similarity functions on sparse vectors: entries that are absent are 0. Summed in double precision by ascending id.</summary>
internal static class SparseSimilarity
{
    public static float Compute(SimilarityFunction function, SparseVector a, SparseVector b)
    {
        double dot = 0, squaresA = 0, squaresB = 0, squaredDistance = 0, distance = 0;
        IReadOnlyList<SparseWeight> left = a.Entries, right = b.Entries;
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            int order = i == left.Count ? 1 : j == right.Count ? -1 : left[i].Id.CompareTo(right[j].Id);
            double x = order <= 0 ? left[i++].Weight : 0;
            double y = order >= 0 ? right[j++].Weight : 0;
            dot += x * y;
            squaresA += x * x;
            squaresB += y * y;
            squaredDistance += (x - y) * (x - y);
            distance += Math.Abs(x - y);
        }

        return (float)(function switch
        {
            SimilarityFunction.Dot => dot,
            SimilarityFunction.Euclidean => -Math.Sqrt(squaredDistance),
            SimilarityFunction.Manhattan => -distance,
            _ => dot / (Math.Max(Math.Sqrt(squaresA), 1e-12) * Math.Max(Math.Sqrt(squaresB), 1e-12)),
        });
    }
}
