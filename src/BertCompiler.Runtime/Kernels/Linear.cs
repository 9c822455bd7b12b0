namespace BertCompiler.Kernels;

/// <summary>Matrix products of activations [T,K] with packed weights [K,N], finished by an epilogue. Formula and error: <see cref="MatrixTile"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Linear
{
    /// <summary>y = epilogue(x·W).</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,K]; must not overlap <paramref name="y"/>.</param>
    /// <param name="weights">W, [K,N].</param>
    /// <param name="epilogue">What is done to each sum.</param>
    /// <param name="y">[T,N]; may be the residual rows of the epilogue.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply<TEpilogue>(CrewCall crew, Rows x, PackedMatrix weights, TEpilogue epilogue, Rows y)
        where TEpilogue : struct, IEpilogue
    {
        Shape.RequireEqual(x.Columns, weights.Inputs, nameof(x));
        Shape.Require(y, x.Count, weights.Outputs, nameof(y));
        epilogue.Check(x.Count, weights.Outputs);
        if (x.Count == 0) return;
        var kernel = new LinearKernel<TEpilogue>(x, weights, epilogue, y, crew.MaxThreads);
        crew.Run(ref kernel, kernel.Items, IsWorthSharing(x, weights));
    }

    /// <summary>y = LayerNorm(x·W + b + residual), block of rows by block of rows while it is in cache.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,K]; must not overlap <paramref name="y"/>.</param>
    /// <param name="weights">W, [K,N].</param>
    /// <param name="bias">b, [N].</param>
    /// <param name="residual">[T,N].</param>
    /// <param name="scale">Scale of the LayerNorm, [N].</param>
    /// <param name="shift">Shift of the LayerNorm, [N].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">[T,N]; may be <paramref name="residual"/>.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyLayerNorm(
        CrewCall crew, Rows x, PackedMatrix weights, PackedVector bias, Rows residual, PackedVector scale, PackedVector shift, float epsilon, Rows y) =>
        ApplyResidualNorm(crew, x, weights, bias, residual, scale, shift, epsilon, y, y);

    /// <summary>
    /// sum = x·W + b + residual and normalised = LayerNorm(sum), block of rows by block of rows while it is in cache: where a layer normalises
    /// before its products, the sum goes on beside its norm.
    /// </summary>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,K]; must not overlap <paramref name="sum"/> or <paramref name="normalised"/>.</param>
    /// <param name="weights">W, [K,N].</param>
    /// <param name="bias">b, [N].</param>
    /// <param name="residual">[T,N].</param>
    /// <param name="scale">Scale of the LayerNorm, [N].</param>
    /// <param name="shift">Shift of the LayerNorm, [N].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="sum">[T,N]; may be <paramref name="residual"/>.</param>
    /// <param name="normalised">[T,N]; may be <paramref name="sum"/>, of which nothing is left then.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void ApplyResidualNorm(
        CrewCall crew, Rows x, PackedMatrix weights, PackedVector bias, Rows residual, PackedVector scale, PackedVector shift, float epsilon,
        Rows sum, Rows normalised)
    {
        // One block a call keeps the rows in cache between the two passes; with several threads, a call has to feed them all.
        int block = crew.MaxThreads == 1 ? Blocking.RowsFor(weights.Inputs) : Math.Max(1, x.Count);
        Shape.RequireEqual(sum.Count, x.Count, nameof(sum));
        Shape.RequireEqual(normalised.Count, x.Count, nameof(normalised));
        Shape.RequireEqual(residual.Count, x.Count, nameof(residual));
        for (int first = 0; first < x.Count; first += block)
        {
            int count = Math.Min(block, x.Count - first);
            Rows part = sum.Slice(first, count);
            Apply(crew, x.Slice(first, count), weights, new BiasResidual(bias, residual.Slice(first, count)), part);
            LayerNorm.Apply(crew, part, scale, shift, epsilon, normalised.Slice(first, count));
        }
    }

    /// <summary>Whether a product has enough work for several threads.</summary>
    internal static bool IsWorthSharing(Rows x, PackedMatrix weights) => (long)x.Count * weights.Inputs * weights.Outputs >= 1_000_000;
}
