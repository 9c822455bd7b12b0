namespace BertCompiler.Tool.Verification.Golden;

/// <summary>Products of vectors, in double precision.</summary>
internal static class Vectors
{
    public static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Dot(x, y) / Math.Sqrt(Dot(x, x) * Dot(y, y));

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }
}
