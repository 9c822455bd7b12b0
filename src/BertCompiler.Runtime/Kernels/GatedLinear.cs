namespace BertCompiler.Kernels;

/// <summary>
/// A gated feed-forward's two products (Shazeer 2020, "GLU Variants Improve Transformer", equation 5) in one pass over the activations:
/// <code>y = f(x·G + g) ⊙ (x·U + u)</code>
/// Both products are those of <see cref="Linear"/>, bit for bit; the product of the two is rounded once.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GatedLinear
{
    /// <summary>Computes every row.</summary>
    /// <typeparam name="TActivation">f.</typeparam>
    /// <param name="crew">The threads.</param>
    /// <param name="x">[T,K]; must not overlap <paramref name="y"/>.</param>
    /// <param name="weights">
    /// [K, 2·⌈I/32⌉·32]: G and U by turns, a panel of 32 outputs each, first G's outputs 0 … 31; outputs from I on are zeros in both.
    /// </param>
    /// <param name="bias">[2·⌈I/32⌉·32]: g and u, laid out as the outputs are.</param>
    /// <param name="y">[T,I].</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply<TActivation>(CrewCall crew, Rows x, PackedMatrix weights, PackedVector bias, Rows y)
        where TActivation : struct, IActivation
    {
        int pairs = (y.Columns + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;
        Shape.RequireEqual(x.Columns, weights.Inputs, nameof(x));
        Shape.RequireEqual(weights.Outputs, 2 * pairs * PackedMatrix.PanelWidth, nameof(weights));
        Shape.RequireEqual(bias.Length, weights.Outputs, nameof(bias));
        Shape.Require(y, x.Count, y.Columns, nameof(y));
        if (x.Count == 0) return;
        var kernel = new GatedLinearKernel<TActivation>(x, weights, bias, y, crew.MaxThreads);
        crew.Run(ref kernel, kernel.Items, Linear.IsWorthSharing(x, weights));
    }
}
