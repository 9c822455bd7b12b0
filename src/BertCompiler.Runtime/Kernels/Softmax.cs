using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// The numerators of a softmax: <code>m = maxⱼ scale·xⱼ,  eⱼ = exp(scale·xⱼ − m),  Z = Σⱼ eⱼ</code>
/// Max and sum run in 16 lanes, element j in lane j mod 16, then in a fixed tree. Each e is within 2 ulp (and what is below e⁻⁸⁷ is 0).
/// </summary>
internal static unsafe class Softmax
{
    /// <summary>
    /// Replaces a row of scores by its numerators and returns Z. Reads and writes whole groups of 16; what lies behind the row becomes 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials<T>(float* row, int length, float scale) where T : struct, ILanes<T>
    {
        int whole = length & ~15;
        int rest = length - whole;
        T factor = T.Broadcast(scale);
        T greatest = T.Broadcast(float.NegativeInfinity);
        for (int j = 0; j < whole; j += 16) greatest = T.Max(greatest, T.Load(row + j) * factor);
        if (rest != 0)
        {
            T last = T.KeepFirst(T.Load(row + whole) * factor, rest, float.NegativeInfinity);
            T.Store(last, row + whole);
            greatest = T.Max(greatest, last);
        }

        T max = T.Broadcast(T.Greatest(greatest));
        T sum = T.Broadcast(0f);
        for (int j = 0; j < whole; j += 16)
        {
            T e = Elementary.Exp((T.Load(row + j) * factor) - max);
            T.Store(e, row + j);
            sum += e;
        }

        if (rest != 0)
        {
            T e = Elementary.Exp(T.Load(row + whole) - max);
            T.Store(e, row + whole);
            sum += e;
        }

        return T.Sum(sum);
    }
}
