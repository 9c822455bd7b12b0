using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>½·x·(1 + tanh(0.7978845608·x·(1 + 0.044715·x²))). Hugging Face: <c>gelu_fast</c>.</summary>
public readonly struct GeluFast : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T half = T.Broadcast(0.5f) * x;
        T factor = T.Fma(T.Broadcast(0.044715f) * x, x, T.Broadcast(1f));
        return T.Fma(half, Elementary.Tanh(T.Broadcast(0.7978845608f) * x * factor), half);
    }
}
