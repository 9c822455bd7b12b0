namespace BertCompiler;

/// <summary>The similarity functions, summed in double precision in the order of the elements: the same bits on every CPU.</summary>
internal static class VectorSimilarity
{
    /// <summary>torch divides by lengths of at least this (<c>torch.nn.functional.normalize</c>).</summary>
    private const double SmallestLength = 1e-12;

    public static float Compute(SimilarityFunction function, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length) throw new ArgumentException($"{a.Length} numbers against {b.Length}", nameof(b));
        return (float)(function switch
        {
            SimilarityFunction.Dot => Dot(a, b),
            SimilarityFunction.Euclidean => -Euclidean(a, b),
            SimilarityFunction.Manhattan => -Manhattan(a, b),
            _ => Dot(a, b) / (Length(a) * Length(b)),
        });
    }

    private static double Length(ReadOnlySpan<float> a) => Math.Max(Math.Sqrt(Dot(a, a)), SmallestLength);

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    private static double Euclidean(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = (double)a[i] - b[i];
            sum += d * d;
        }

        return Math.Sqrt(sum);
    }

    private static double Manhattan(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += Math.Abs((double)a[i] - b[i]);
        return sum;
    }
}
