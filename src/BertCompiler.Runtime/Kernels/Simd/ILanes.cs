namespace BertCompiler.Kernels;

/// <summary>
/// Sixteen floats, in as many registers as the machine needs. Kernels are written once over this type and have the same bits at every
/// register width: each operation is correctly rounded in each lane, and the two reductions have one fixed tree.
/// </summary>
internal unsafe interface ILanes<T> where T : struct, ILanes<T>
{
    /// <summary>Rows of a matrix tile that fill this machine's registers.</summary>
    static abstract int TileRows { get; }

    /// <summary>Whether a matrix tile is two <typeparamref name="T"/> (32 columns) wide; else one (16 columns).</summary>
    static abstract bool TileIsWide { get; }

    /// <summary>Sixteen times <paramref name="value"/>.</summary>
    static abstract T Broadcast(float value);

    /// <summary>The sixteen floats at <paramref name="source"/>, which need not be aligned.</summary>
    static abstract T Load(float* source);

    /// <summary>Writes the sixteen floats to <paramref name="destination"/>, which need not be aligned.</summary>
    static abstract void Store(T value, float* destination);

    /// <summary>a + b.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>a − b.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>a · b.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>a / b.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract T Fma(T a, T b, T c);

    /// <summary>|a|.</summary>
    static abstract T Abs(T a);

    /// <summary>a &gt; b ? a : b; where a number is not comparable, b.</summary>
    static abstract T Max(T a, T b);

    /// <summary>a &lt; b ? a : b; where a number is not comparable, b.</summary>
    static abstract T Min(T a, T b);

    /// <summary>a &lt; b ? x : y.</summary>
    static abstract T SelectLess(T a, T b, T x, T y);

    /// <summary>
    /// p · 2ⁿ, where the low 9 bits of <paramref name="shifted"/>, read as integers, hold n: n is added to the exponent field of p. The
    /// caller keeps the result within the normal numbers.
    /// </summary>
    static abstract T AddExponent(T p, T shifted);

    /// <summary>The first <paramref name="count"/> lanes, 0 ≤ count ≤ 16, and <paramref name="fill"/> in the others.</summary>
    static abstract T KeepFirst(T value, int count, float fill);

    /// <summary>The sum of the lanes: lane i += lane i+8, then i+4, i+2, i+1.</summary>
    static abstract float Sum(T value);

    /// <summary>The greatest lane, in the tree of <see cref="Sum"/> over <see cref="Max"/>.</summary>
    static abstract float Greatest(T value);
}
