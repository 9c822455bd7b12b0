using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x·σ(1.702·x), an approximation of GELU (Hendrycks and Gimpel 2016). Hugging Face: <c>quick_gelu</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QuickGelu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => x * Elementary.Logistic(T.Broadcast(1.702f) * x);
}
