namespace BertCompiler.Kernels;

/// <summary>
/// Rows of length 1, as <c>torch.nn.functional.normalize</c>: <code>y = x / max(√Σx², 10⁻¹²)</code>
/// Squares are summed in 16 lanes by fused multiply-add, then in a fixed tree. Error: a few ulp of each element.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Normalize
{
    /// <summary>Divides each row by its Euclidean length.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[B,H].</param>
    /// <param name="y">[B,H]; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void L2(CrewCall crew, Rows x, Rows y)
    {
        Shape.RequireStride(x, nameof(x));
        Shape.Require(y, x.Count, x.Columns, nameof(y));
        var kernel = new NormalizeKernel(x, y);
        crew.Run(ref kernel, x.Count, worthSharing: false);
    }
}
