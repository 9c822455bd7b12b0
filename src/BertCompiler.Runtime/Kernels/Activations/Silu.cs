using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x·σ(x). Hugging Face: <c>silu</c>, <c>swish</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Silu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => x * Elementary.Logistic(x);
}
