using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the form of the original BERT code. Hugging Face: <c>gelu_new</c>,
/// <c>gelu_pytorch_tanh</c>, <c>gelu_python_tanh</c>, <c>gelu_accurate</c>.
/// </summary>
public readonly struct GeluTanh : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T half = T.Broadcast(0.5f) * x;
        T inner = T.Fma(T.Broadcast(0.044715f) * (x * x), x, x);
        return T.Fma(half, Elementary.Tanh(T.Broadcast(0.79788456f) * inner), half);
    }
}
