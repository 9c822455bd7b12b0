using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// ln(1 + eˣ) (Dugas et al. 2001), as max(x, 0) + ln(1 + e^−|x|): nothing overflows, and below −87 it is 0. Within 1e-6 relative. PyTorch:
/// <c>Softplus</c>, which returns x itself above 20, where the two are the same float.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T zero = T.Broadcast(0f);
        return T.SelectLess(x, zero, zero, x) + Elementary.LogOnePlus(Elementary.Exp(zero - T.Abs(x)));
    }
}
