namespace BertCompiler.Tasks;

/// <summary>
/// exp, ln(1+x), sigmoid and tanh in fp64 from additions, multiplications and divisions alone, in a fixed order: the C library's differ from
/// CPU to CPU, and a score must not.
/// </summary>
internal static class RealMath
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the upper has 32 trailing zero bits, so that k times it is exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double SquareRoot2 = 1.4142135623730951;

    /// <summary>
    /// eˣ: x = k·ln 2 + r with |r| ≤ ½ ln 2, a Taylor polynomial of degree 13 in r (remainder below 5e-18), times 2ᵏ. Below −708: 0.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < -708) return 0;
        if (x > 709) return double.PositiveInfinity;
        double k = Math.Round(x * Log2E);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 1;
        for (int n = 13; n > 0; n--) sum = 1 + (sum * r / n);
        return sum * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }

    /// <summary>
    /// ln(1 + x) for x ≥ 0: 1 + x = 2ᵏ·m with √½ ≤ m &lt; √2, ln m = 2·artanh(s), s = (m−1)/(m+1), |s| ≤ 0.172, series to s²³ (remainder
    /// below 1e-19). Absolute error below 3e-16 times the greater of 1 and the result.
    /// </summary>
    public static double Log1p(double x)
    {
        if (!(x < double.MaxValue)) return x;
        long bits = BitConverter.DoubleToInt64Bits(1 + x);
        long k = (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52));
        if (m >= SquareRoot2)
        {
            m *= 0.5;
            k++;
        }

        double s = (m - 1) / (m + 1);
        double square = s * s;
        double sum = 0;
        for (int n = 23; n > 0; n -= 2) sum = (sum * square) + (1.0 / n);
        return (k * Ln2High) + ((2 * s * sum) + (k * Ln2Low));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    /// <summary>tanh x = 1 − 2/(e²ˣ + 1).</summary>
    public static double Tanh(double x) => 1 - (2 / (Exp(2 * x) + 1));

    /// <summary>Softmax of a row, summed in index order.</summary>
    public static void Softmax(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        float greatest = float.NegativeInfinity;
        foreach (float logit in logits) greatest = Math.Max(greatest, logit);
        double sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += probabilities[i] = Exp((double)logits[i] - greatest);
        for (int i = 0; i < logits.Length; i++) probabilities[i] /= sum;
    }
}
