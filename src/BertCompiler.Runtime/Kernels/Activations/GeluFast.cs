using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>½·x·(1 + tanh(0.7978845608·x·(1 + 0.044715·x²))). Hugging Face: <c>gelu_fast</c>.</summary>
/// <remarks>Computed as x·σ(2u), for the reason given at <see cref="GeluTanh"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluFast : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T factor = T.Fma(T.Broadcast(0.044715f) * x, x, T.Broadcast(1f));
        return x * Elementary.Logistic(T.Broadcast(1.5957691216f) * x * factor);
    }
}
