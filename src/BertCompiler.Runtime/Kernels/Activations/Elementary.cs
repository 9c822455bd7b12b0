using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// exp, erf, tanh, the logistic function and logarithms near 1 on sixteen lanes. Plain arithmetic in one order, so each has the same bits at every register
/// width. NaN in, NaN out.
/// <code>
/// exp(x)  = 2ⁿ·eʳ,  n = round(x·log₂e),  r = x − n·ln2 ∈ ±0.347 (two-part ln2, Cody and Waite 1980),
///           eʳ = 1 + r + r²·q(r), q of degree 4                        approximation error 3.1e-9 relative; ≤ 2 ulp in all
///           x &lt; −87: 0; x &gt; 88.72: exp(88.72)
/// erf(z)  = z·P₆(z²)/Q₅(z²) for |z| ≤ 3.925, else ±1                   approximation error 6.9e-9 absolute; ≤ 3.1e-7 absolute in all
/// tanh(x) = x·P₅(x²)/Q₄(x²) for |x| ≤ 9.02, else ±1                    approximation error 1.7e-9 relative; ≤ 6 ulp in all
/// σ(x)    = 1/(1+e^−x), written with e^−|x| so that nothing overflows  ≤ 4 ulp, 0 below −87
/// eˣ − 1  = tanh(x/2)·(eˣ + 1), which loses no digits near 0           ≤ 10 ulp
/// ln(1+t) = 2·artanh(s), s = t/(2+t), for 0 ≤ t ≤ 1: s ≤ ⅓, and the series of artanh up to s¹³
///           leaves 1.4e-8 relative                                     ≤ 4 ulp in all
/// </code>
/// The coefficients of exp, erf and tanh are our own: least squares over Chebyshev nodes in 50 digits, reweighted (Lawson) towards the minimax fit, rounded to
/// float. The tests sweep each function against float64 and hold it to the bounds above.
/// </summary>
internal static class Elementary
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has 9 bits, so that n·Ln2High is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // 1.5·2²³: adding it rounds to an integer, which then stands in the low bits of the sum.
    private const float RoundingShift = 12582912f;

    private const float ExpLowest = -87f;
    private const float ExpHighest = 88.72f;
    private const float ErfOne = 3.925f;
    private const float TanhOne = 9.02f;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, ILanes<T>
    {
        T lowest = T.Broadcast(ExpLowest);
        T inside = T.Min(T.Broadcast(ExpHighest), T.Max(lowest, x));
        T shifted = T.Fma(inside, T.Broadcast(Log2E), T.Broadcast(RoundingShift));
        T n = shifted - T.Broadcast(RoundingShift);
        T r = T.Fma(n, T.Broadcast(-Ln2High), inside);
        r = T.Fma(n, T.Broadcast(-Ln2Low), r);
        T q = T.Broadcast(0.001381458481773734f);
        q = T.Fma(q, r, T.Broadcast(0.008368716575205326f));
        q = T.Fma(q, r, T.Broadcast(0.04166838899254799f));
        q = T.Fma(q, r, T.Broadcast(0.1666652113199234f));
        q = T.Fma(q, r, T.Broadcast(0.4999999403953552f));
        T one = T.Broadcast(1f);
        T p = T.Fma(T.Fma(q, r, one), r, one);
        return T.SelectLess(x, lowest, T.Broadcast(0f), T.AddExponent(p, shifted));
    }

    /// <summary>erf(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T z) where T : struct, ILanes<T>
    {
        T bound = T.Broadcast(ErfOne);
        T u = T.Min(bound * bound, z * z);
        T p = T.Broadcast(-1.4766175837621631e-08f);
        p = T.Fma(p, u, T.Broadcast(5.0094654397980776e-06f));
        p = T.Fma(p, u, T.Broadcast(0.00038999487878754735f));
        p = T.Fma(p, u, T.Broadcast(0.0038112178444862366f));
        p = T.Fma(p, u, T.Broadcast(0.05435645207762718f));
        p = T.Fma(p, u, T.Broadcast(0.18342481553554535f));
        p = T.Fma(p, u, T.Broadcast(1.128379225730896f));
        T q = T.Broadcast(6.616021710215136e-05f);
        q = T.Fma(q, u, T.Broadcast(0.0013134493492543697f));
        q = T.Fma(q, u, T.Broadcast(0.01542428694665432f));
        q = T.Fma(q, u, T.Broadcast(0.11346662044525146f));
        q = T.Fma(q, u, T.Broadcast(0.49588993191719055f));
        q = T.Fma(q, u, T.Broadcast(1f));
        T inner = z * p / q;
        T upper = T.SelectLess(bound, z, T.Broadcast(1f), inner);
        return T.SelectLess(z, T.Broadcast(-ErfOne), T.Broadcast(-1f), upper);
    }

    /// <summary>tanh(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, ILanes<T>
    {
        T bound = T.Broadcast(TanhOne);
        T u = T.Min(bound * bound, x * x);
        T p = T.Broadcast(-1.2238597288383168e-11f);
        p = T.Fma(p, u, T.Broadcast(3.064614872982929e-08f));
        p = T.Fma(p, u, T.Broadcast(2.8038088203174993e-05f));
        p = T.Fma(p, u, T.Broadcast(0.003870012704282999f));
        p = T.Fma(p, u, T.Broadcast(0.13681305944919586f));
        p = T.Fma(p, u, T.Broadcast(1f));
        T q = T.Broadcast(1.2893353869003477e-06f);
        q = T.Fma(q, u, T.Broadcast(0.00039414799539372325f));
        q = T.Fma(q, u, T.Broadcast(0.027252154424786568f));
        q = T.Fma(q, u, T.Broadcast(0.47014638781547546f));
        q = T.Fma(q, u, T.Broadcast(1f));
        T inner = x * (p / q);
        T upper = T.SelectLess(bound, x, T.Broadcast(1f), inner);
        return T.SelectLess(x, T.Broadcast(-TanhOne), T.Broadcast(-1f), upper);
    }

    /// <summary>1/(1+e^−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Logistic<T>(T x) where T : struct, ILanes<T>
    {
        T zero = T.Broadcast(0f);
        T one = T.Broadcast(1f);
        T e = Exp(zero - T.Abs(x));
        return T.SelectLess(x, zero, e, one) / (one + e);
    }

    /// <summary>eˣ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x) where T : struct, ILanes<T> => Tanh(T.Broadcast(0.5f) * x) * (Exp(x) + T.Broadcast(1f));

    /// <summary>ln(1 + t) for 0 ≤ t ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus<T>(T t) where T : struct, ILanes<T>
    {
        T two = T.Broadcast(2f);
        T s = t / (two + t);
        T u = s * s;
        T p = T.Broadcast(1f / 13f);
        p = T.Fma(p, u, T.Broadcast(1f / 11f));
        p = T.Fma(p, u, T.Broadcast(1f / 9f));
        p = T.Fma(p, u, T.Broadcast(1f / 7f));
        p = T.Fma(p, u, T.Broadcast(1f / 5f));
        p = T.Fma(p, u, T.Broadcast(1f / 3f));
        p = T.Fma(p, u, T.Broadcast(1f));
        return two * s * p;
    }
}
