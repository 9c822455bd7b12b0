using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>
/// a·b + c with one rounding on x86 CPUs without the FMA instructions, where the C library's <c>fmaf</c> is the only other way to the same
/// bits. In float64 the product of two floats is exact (24 + 24 ≤ 53 bits):
/// <code>
/// s = RN₅₃(a·b + c),  result = RN₂₄(s)
/// </code>
/// The second rounding goes wrong only where s lies on the border between two floats and a·b + c does not: elsewhere both lie on the same
/// side of it, because rounding is monotone and the border itself is a float64. Such an s ends in a one and 28 zeros (for results below
/// 2⁻¹²⁶, in more zeros). These few are computed again with s rounded to odd, after which a second rounding is right (Boldo and Melquiond
/// 2008, "Emulation of FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding to Odd", §3; 53 ≥ 24 + 2).
/// </summary>
internal static class SoftwareFma
{
    /// <summary>Whether kernels need it.</summary>
    public static bool IsUsed => Sse2.IsSupported && !Fma.IsSupported;

    /// <summary>Four results, right wherever the same lane of <paramref name="doubtful"/> stays 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fast(Vector128<float> a, Vector128<float> b, Vector128<float> c, ref Vector128<int> doubtful)
    {
        Vector128<double> low = (Vector128.WidenLower(a) * Vector128.WidenLower(b)) + Vector128.WidenLower(c);
        Vector128<double> high = (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)) + Vector128.WidenUpper(c);

        // A float64 is two words: the last 29 bits are in the one, the exponent is in the other.
        Vector128<int> tails = Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b10_00_10_00).AsInt32();
        Vector128<int> heads = Sse.Shuffle(low.AsSingle(), high.AsSingle(), 0b11_01_11_01).AsInt32();
        Vector128<int> onBorder = Vector128.Equals(tails << 3, Vector128.Create(int.MinValue));

        // 0 < |s| < 2⁻¹²⁶, where heads are 0x38100000 and more: unsigned, (|head| − 1) < 0x38100000 − 1; 0 itself is exact.
        Vector128<int> size = (heads & Vector128.Create(int.MaxValue)) + Vector128.Create(int.MaxValue);
        Vector128<int> tiny = Vector128.LessThan(size, Vector128.Create(int.MinValue + 0x38100000 - 1));
        doubtful |= onBorder | tiny;
        return Vector128.Narrow(low, high);
    }

    /// <summary>Four results, right everywhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<float> Exact(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.Create(
        Exact(a.GetElement(0), b.GetElement(0), c.GetElement(0)),
        Exact(a.GetElement(1), b.GetElement(1), c.GetElement(1)),
        Exact(a.GetElement(2), b.GetElement(2), c.GetElement(2)),
        Exact(a.GetElement(3), b.GetElement(3), c.GetElement(3)));

    /// <summary>One result: s is rounded to odd before it becomes a float.</summary>
    public static float Exact(float a, float b, float c)
    {
        double product = (double)a * b;
        double sum = product + c;

        // What the addition lost, exactly (Knuth's TwoSum). Nothing overflows or underflows: |a·b| is 0 or from 2⁻²⁹⁸ to 2²⁵⁶.
        double addend = sum - product;
        double lost = (product - (sum - addend)) + (c - addend);
        long bits = BitConverter.DoubleToInt64Bits(sum);
        bool inexact = lost is < 0 or > 0;
        if (inexact && (bits & 1) == 0) bits += lost > 0 == sum > 0 ? 1 : -1;
        return (float)BitConverter.Int64BitsToDouble(bits);
    }
}
