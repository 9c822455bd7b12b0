namespace BertCompiler.Kernels;

/// <summary>
/// One vector from the hidden states of each sequence (Reimers and Gurevych 2019, §3; sentence-transformers, <c>models/Pooling.py</c>):
/// <code>
/// cls h₁ · max maxₜ hₜ · mean (Σₜ hₜ)/n · mean-sqrt (Σₜ hₜ)/√n · weighted mean (Σₜ t·hₜ)/(n(n+1)/2) · last token hₙ
/// </code>
/// Where the first s tokens of a sequence are left out (a prompt), the others keep their places t, and n counts the others only: cls is
/// hₛ₊₁, the divisor of the weighted mean is the sum of the weights in use.
/// Each column by itself, tokens in order from 0; weighted terms by fused multiply-add. Error: n·2⁻²⁴·Σ|h|/n for the sums, none for the others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Pooling
{
    /// <summary>Pools every sequence.</summary>
    /// <param name="crew">The threads.</param>
    /// <param name="hidden">[T,H].</param>
    /// <param name="offsets">Where each sequence begins, [B+1], from 0 to T.</param>
    /// <param name="mode">How.</param>
    /// <param name="y">[B,C], C ≥ firstColumn + H: several modes stand side by side.</param>
    /// <param name="firstColumn">Where in a row of <paramref name="y"/> the H results go. Other columns are left alone.</param>
    /// <param name="skip">s: how many tokens at the beginning of each sequence do not count. The last token of a sequence always counts.</param>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static void Apply(CrewCall crew, Rows hidden, ReadOnlySpan<int> offsets, PoolingMode mode, Rows y, int firstColumn = 0, int skip = 0)
    {
        Shape.RequireStride(hidden, nameof(hidden));
        Shape.RequireOffsets(offsets, hidden.Count, nameof(offsets));
        Shape.Require(y, offsets.Length - 1, y.Columns, nameof(y));
        ArgumentOutOfRangeException.ThrowIfNegative(firstColumn);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstColumn, y.Columns - hidden.Columns);
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a pooling mode");
        fixed (int* starts = offsets)
        {
            var kernel = new PoolingKernel(hidden, starts, mode, y, firstColumn, skip);
            crew.Run(ref kernel, y.Count, (long)hidden.Count * hidden.Columns >= 200_000);
        }
    }
}
