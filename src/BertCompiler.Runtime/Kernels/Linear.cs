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
        CrewCall crew, Rows x, PackedMatrix weights, PackedVector bias, Rows residual, PackedVector scale, PackedVector shift, float epsilon, Rows y)
    {

        // One block a call keeps the rows in cache between the two passes; with several threads, a call has to feed them all.
        int block = crew.MaxThreads == 1 ? Blocking.RowsFor(weights.Inputs) : Math.Max(1, x.Count);
        Shape.RequireEqual(y.Count, x.Count, nameof(y));
        Shape.RequireEqual(residual.Count, x.Count, nameof(residual));
        for (int first = 0; first < x.Count; first += block)
        {
            int count = Math.Min(block, x.Count - first);
            Rows part = y.Slice(first, count);
            Apply(crew, x.Slice(first, count), weights, new BiasResidual(bias, residual.Slice(first, count)), part);
            LayerNorm.Apply(crew, part, scale, shift, epsilon, part);
        }
    }

    private static bool IsWorthSharing(Rows x, PackedMatrix weights) => (long)x.Count * weights.Inputs * weights.Outputs >= 1_000_000;
}
