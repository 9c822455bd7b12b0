using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BertCompiler.Kernels;

/// <summary>Sixteen lanes in two 256-bit registers.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> _a;
    private readonly Vector256<float> _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<float> a, Vector256<float> b)
    {
        _a = a;
        _b = b;
    }

    // 6 rows × 2 registers = 12 sums, 2 weights and 1 activation: 15 of 16 registers.
    public static int TileRows => 6;

    public static bool TileIsWide => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value)
    {
        Vector256<float> v = Vector256.Create(value);
        return new(v, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source), Vector256.Load(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* destination)
    {
        value._a.Store(destination);
        value._b.Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._a + b._a, a._b + b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._a - b._a, a._b - b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a._a * b._a, a._b * b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a._a / b._a, a._b / b._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Fma(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.FusedMultiplyAdd(a._a, b._a, c._a), Vector256.FusedMultiplyAdd(a._b, b._b, c._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 a) => new(Vector256.Abs(a._a), Vector256.Abs(a._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => SelectLess(b, a, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => SelectLess(a, b, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectLess(Lanes256 a, Lanes256 b, Lanes256 x, Lanes256 y) => new(
        Vector256.ConditionalSelect(Vector256.LessThan(a._a, b._a), x._a, y._a),
        Vector256.ConditionalSelect(Vector256.LessThan(a._b, b._b), x._b, y._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddExponent(Lanes256 p, Lanes256 shifted) => new(
        (p._a.AsInt32() + Vector256.ShiftLeft(shifted._a.AsInt32(), 23)).AsSingle(),
        (p._b.AsInt32() + Vector256.ShiftLeft(shifted._b.AsInt32(), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 KeepFirst(Lanes256 value, int count, float fill)
    {
        Vector256<int> indices = Vector256<int>.Indices;
        Vector256<float> rest = Vector256.Create(fill);
        return new(
            Vector256.ConditionalSelect(Vector256.LessThan(indices, Vector256.Create(count)).AsSingle(), value._a, rest),
            Vector256.ConditionalSelect(Vector256.LessThan(indices, Vector256.Create(count - 8)).AsSingle(), value._b, rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value) => Sum(value._a + value._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Greatest(Lanes256 value) => Greatest(Max(value._a, value._b));

    /// <summary>The last three levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector256<float> v) => Lanes128.Sum(v.GetLower() + v.GetUpper());

    /// <summary>The last three levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Greatest(Vector256<float> v) => Lanes128.Greatest(Lanes128.Max(v.GetLower(), v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Max(Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.LessThan(b, a), a, b);
}
