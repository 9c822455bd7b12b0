using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>Sixteen lanes one after the other, with no vector instruction: what the wider ones are compared with.</summary>
[InlineArray(16)]
internal unsafe struct LanesScalar : ILanes<LanesScalar>
{
    private float _first;

    public static int TileRows => 1;

    public static bool TileIsWide => false;

    public static LanesScalar Broadcast(float value)
    {
        LanesScalar r = default;
        for (int i = 0; i < 16; i++) r[i] = value;
        return r;
    }

    public static LanesScalar Load(float* source)
    {
        LanesScalar r = default;
        for (int i = 0; i < 16; i++) r[i] = source[i];
        return r;
    }

    public static void Store(LanesScalar value, float* destination)
    {
        for (int i = 0; i < 16; i++) destination[i] = value[i];
    }

    public static LanesScalar operator +(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < 16; i++) a[i] += b[i];
        return a;
    }

    public static LanesScalar operator -(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < 16; i++) a[i] -= b[i];
        return a;
    }

    public static LanesScalar operator *(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < 16; i++) a[i] *= b[i];
        return a;
    }

    public static LanesScalar operator /(LanesScalar a, LanesScalar b)
    {
        for (int i = 0; i < 16; i++) a[i] /= b[i];
        return a;
    }

    public static LanesScalar Fma(LanesScalar a, LanesScalar b, LanesScalar c)
    {
        for (int i = 0; i < 16; i++) c[i] = MathF.FusedMultiplyAdd(a[i], b[i], c[i]);
        return c;
    }

    public static LanesScalar Abs(LanesScalar a)
    {
        for (int i = 0; i < 16; i++) a[i] = MathF.Abs(a[i]);
        return a;
    }

    public static LanesScalar Max(LanesScalar a, LanesScalar b) => SelectLess(b, a, a, b);

    public static LanesScalar Min(LanesScalar a, LanesScalar b) => SelectLess(a, b, a, b);

    public static LanesScalar SelectLess(LanesScalar a, LanesScalar b, LanesScalar x, LanesScalar y)
    {
        for (int i = 0; i < 16; i++) y[i] = a[i] < b[i] ? x[i] : y[i];
        return y;
    }

    public static LanesScalar AddExponent(LanesScalar p, LanesScalar shifted)
    {
        for (int i = 0; i < 16; i++)
        {
            p[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(p[i]) + (BitConverter.SingleToInt32Bits(shifted[i]) << 23));
        }

        return p;
    }

    public static LanesScalar KeepFirst(LanesScalar value, int count, float fill)
    {
        for (int i = count; i < 16; i++) value[i] = fill;
        return value;
    }

    public static float Sum(LanesScalar value)
    {
        for (int half = 8; half > 0; half >>= 1)
        {
            for (int i = 0; i < half; i++) value[i] += value[i + half];
        }

        return value._first;
    }

    public static float Greatest(LanesScalar value)
    {
        for (int half = 8; half > 0; half >>= 1)
        {
            for (int i = 0; i < half; i++) value[i] = Max(value[i], value[i + half]);
        }

        return value._first;
    }

    /// <summary>a &gt; b ? a : b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max(float a, float b) => b < a ? a : b;
}
