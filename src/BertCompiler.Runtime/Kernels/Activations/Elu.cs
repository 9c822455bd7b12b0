using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x where x ≥ 0, else eˣ − 1 (Clevert, Unterthiner and Hochreiter 2016, α = 1), within 1e-6 relative. PyTorch: <c>ELU</c>, <c>CELU</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Elu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T zero = T.Broadcast(0f);
        return T.SelectLess(x, zero, Elementary.ExpMinusOne(T.Min(zero, x)), x);
    }
}
