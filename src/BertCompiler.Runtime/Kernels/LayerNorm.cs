namespace BertCompiler.Kernels;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016), each row by itself, variance in two passes:
/// <code>μ = Σx/N,  v = Σ(x−μ)²/N,  y = (x−μ)·(1/√(v+ε))·scale + shift</code>
/// Sums run in 16 lanes, element i in lane i mod 16, then in a fixed tree; the last step is a fused multiply-add. Error against float64:
/// a few ulp of the largest |y| in the row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerNorm
{
    /// <summary>Normalises each row.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,N].</param>
    /// <param name="scale">Scale (also called weight, or γ), [N].</param>
    /// <param name="shift">Shift (also called bias, or β), [N].</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    /// <param name="y">[T,N]; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(CrewCall crew, Rows x, PackedVector scale, PackedVector shift, float epsilon, Rows y)
    {
        Shape.RequireStride(x, nameof(x));
        Shape.Require(y, x.Count, x.Columns, nameof(y));
        Shape.RequireEqual(scale.Length, x.Columns, nameof(scale));
        Shape.RequireEqual(shift.Length, x.Columns, nameof(shift));
        if (x.Count == 0) return;
        var kernel = new LayerNormKernel(x, scale, shift, epsilon, y);
        crew.Run(ref kernel, kernel.Items, (long)x.Count * x.Columns >= 100_000);
    }
}
