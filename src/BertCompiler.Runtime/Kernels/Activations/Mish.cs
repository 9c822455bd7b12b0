using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// x·tanh(ln(1 + eˣ)) (Misra 2019), as x·n/(n + 2) with n = e²ˣ + 2eˣ, which needs neither logarithm nor tanh; x above 20, where the
/// fraction is 1. Hugging Face: <c>mish</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Mish : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T e = Elementary.Exp(T.Min(T.Broadcast(20f), x));
        T n = T.Fma(e, e, e + e);
        return T.SelectLess(T.Broadcast(20f), x, x, x * (n / (n + T.Broadcast(2f))));
    }
}
