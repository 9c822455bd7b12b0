namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>The functions of the kernels in double precision, from their definitions.</summary>
internal static class Float64
{
    /// <summary>The spacing of floats at |x|, at least the smallest normal number's.</summary>
    public static double Ulp(double x)
    {
        float f = (float)Math.Max(Math.Abs(x), 1.1754943508222875e-38);
        return (double)MathF.BitIncrement(f) - f;
    }

    /// <summary>erf: its Taylor series below 3, the continued fraction of erfc above. Error below 1e-14.</summary>
    public static double Erf(double x)
    {
        double z = Math.Abs(x);
        if (z > 6) return Math.Sign(x);
        return Math.Sign(x) * (z < 3 ? Series(z) : 1 - Erfc(z));
    }

    public static double Gelu(double x) => x < -3 ? 0.5 * x * Erfc(-x / Math.Sqrt(2)) : 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    public static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Mish(double x) => x * Math.Tanh(x > 30 ? x : LogOnePlus(Math.Exp(x)));

    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    public static double ExpMinusOne(double x) => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;

    private static double LogOnePlus(double x) => x < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);

    private static double Series(double z)
    {
        double term = z;
        double sum = z;
        for (int n = 1; Math.Abs(term) > 1e-18; n++)
        {
            term *= -z * z / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    // erfc(z) = e^(−z²)/√π · 1/(z + ½/(z + 1/(z + 3/2/(z + …)))), z > 2.
    private static double Erfc(double z)
    {
        if (z > 27) return 0;
        double f = z;
        for (int n = 200; n > 0; n--) f = z + (n / 2.0 / f);
        return Math.Exp(-z * z) / Math.Sqrt(Math.PI) / f;
    }
}
