using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>
/// ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), the form of the original BERT code. Hugging Face: <c>gelu_new</c>,
/// <c>gelu_pytorch_tanh</c>, <c>gelu_python_tanh</c>, <c>gelu_accurate</c>.
/// </summary>
/// <remarks>Computed as x·σ(2u), which is the same: where tanh u is near −1, the sum 1 + tanh u would cancel all digits.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GeluTanh : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T inner = T.Fma(T.Broadcast(0.044715f) * (x * x), x, x);
        return x * Elementary.Logistic(T.Broadcast(1.5957691f) * inner);
    }
}
