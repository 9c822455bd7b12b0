namespace BertCompiler.Kernels;

/// <summary>
/// Root mean square normalisation (Zhang and Sennrich 2019, equation 4), each row by itself; no mean is removed:
/// <code>q = Σx²/N,  y = x·(1/√(q+ε))·scale</code>
/// The sum runs in 16 lanes, element i in lane i mod 16, by fused multiply-add, then in a fixed tree. Error against float64: a few ulp of
/// each |y|, for every term of the sum is positive.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RmsNorm
{
    /// <summary>Normalises each row.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,N].</param>
    /// <param name="scale">Scale (also called weight, or γ), [N].</param>
    /// <param name="epsilon">ε, added to the mean of the squares.</param>
    /// <param name="y">[T,N]; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(CrewCall crew, Rows x, PackedVector scale, float epsilon, Rows y)
    {
        Shape.RequireStride(x, nameof(x));
        Shape.Require(y, x.Count, x.Columns, nameof(y));
        Shape.RequireEqual(scale.Length, x.Columns, nameof(scale));
        if (x.Count == 0) return;
        var kernel = new RmsNormKernel(x, scale, epsilon, y);
        crew.Run(ref kernel, kernel.Items, (long)x.Count * x.Columns >= 100_000);
    }
}
