using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// ½·x·(1 + erf(x/√2)) (Hendrycks and Gimpel 2016, exact form): within 1.6e-7·|x| of float64. Hugging Face: <c>gelu</c>,
/// <c>gelu_python</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluErf : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T half = T.Broadcast(0.5f) * x;
        return T.Fma(half, Elementary.Erf(T.Broadcast(0.70710678f) * x), half);
    }
}
