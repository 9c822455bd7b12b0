using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace BertCompiler.Kernels;

/// <summary>Sixteen lanes in four 128-bit registers.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Lanes128>
{
    private readonly Vector128<float> _a;
    private readonly Vector128<float> _b;
    private readonly Vector128<float> _c;
    private readonly Vector128<float> _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
    }

    // NEON: 6 rows × 4 registers = 24 sums, 4 weights, 1 activation: 29 of 32 registers. SSE: 2 × 4 + 4 + 1: 13 of 16.
    public static int TileRows => AdvSimd.IsSupported ? 6 : 2;

    public static bool TileIsWide => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value)
    {
        Vector128<float> v = Vector128.Create(value);
        return new(v, v, v, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) =>
        new(Vector128.Load(source), Vector128.Load(source + 4), Vector128.Load(source + 8), Vector128.Load(source + 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* destination)
    {
        value._a.Store(destination);
        value._b.Store(destination + 4);
        value._c.Store(destination + 8);
        value._d.Store(destination + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a._a + b._a, a._b + b._b, a._c + b._c, a._d + b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a._a - b._a, a._b - b._b, a._c - b._c, a._d - b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a._a * b._a, a._b * b._b, a._c * b._c, a._d * b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a._a / b._a, a._b / b._b, a._c / b._c, a._d / b._d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Fma(Lanes128 a, Lanes128 b, Lanes128 c)
    {
        if (SoftwareFma.IsUsed) return FmaInSoftware(a, b, c);
        return new(
            Vector128.FusedMultiplyAdd(a._a, b._a, c._a),
            Vector128.FusedMultiplyAdd(a._b, b._b, c._b),
            Vector128.FusedMultiplyAdd(a._c, b._c, c._c),
            Vector128.FusedMultiplyAdd(a._d, b._d, c._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Abs(Lanes128 a) => new(Vector128.Abs(a._a), Vector128.Abs(a._b), Vector128.Abs(a._c), Vector128.Abs(a._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) => SelectLess(b, a, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) => SelectLess(a, b, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectLess(Lanes128 a, Lanes128 b, Lanes128 x, Lanes128 y) => new(
        Vector128.ConditionalSelect(Vector128.LessThan(a._a, b._a), x._a, y._a),
        Vector128.ConditionalSelect(Vector128.LessThan(a._b, b._b), x._b, y._b),
        Vector128.ConditionalSelect(Vector128.LessThan(a._c, b._c), x._c, y._c),
        Vector128.ConditionalSelect(Vector128.LessThan(a._d, b._d), x._d, y._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddExponent(Lanes128 p, Lanes128 shifted) => new(
        AddExponent(p._a, shifted._a), AddExponent(p._b, shifted._b), AddExponent(p._c, shifted._c), AddExponent(p._d, shifted._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 KeepFirst(Lanes128 value, int count, float fill) => new(
        Keep(value._a, count, fill), Keep(value._b, count - 4, fill), Keep(value._c, count - 8, fill), Keep(value._d, count - 12, fill));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128 value) => Sum((value._a + value._c) + (value._b + value._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(Lanes128 value) => Greatest(Max(Max(value._a, value._c), Max(value._b, value._d)));

    /// <summary><see cref="Fma"/> of a CPU that has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes128 FmaInSoftware(Lanes128 a, Lanes128 b, Lanes128 c)
    {
        Vector128<int> doubtful = default;
        Vector128<float> p = SoftwareFma.Fast(a._a, b._a, c._a, ref doubtful);
        Vector128<float> q = SoftwareFma.Fast(a._b, b._b, c._b, ref doubtful);
        Vector128<float> r = SoftwareFma.Fast(a._c, b._c, c._c, ref doubtful);
        Vector128<float> s = SoftwareFma.Fast(a._d, b._d, c._d, ref doubtful);
        if (doubtful == default) return new(p, q, r, s);
        return new(SoftwareFma.Exact(a._a, b._a, c._a), SoftwareFma.Exact(a._b, b._b, c._b), SoftwareFma.Exact(a._c, b._c, c._c), SoftwareFma.Exact(a._d, b._d, c._d));
    }

    /// <summary>The last two levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector128<float> v)
    {
        Vector128<float> pairs = v + Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    /// <summary>The last two levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Greatest(Vector128<float> v)
    {
        Vector128<float> pairs = Max(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3)));
        return LanesScalar.Max(pairs.GetElement(0), pairs.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Max(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.LessThan(b, a), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddExponent(Vector128<float> p, Vector128<float> shifted) =>
        (p.AsInt32() + Vector128.ShiftLeft(shifted.AsInt32(), 23)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Keep(Vector128<float> value, int count, float fill) => Vector128.ConditionalSelect(
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), value, Vector128.Create(fill));
}
