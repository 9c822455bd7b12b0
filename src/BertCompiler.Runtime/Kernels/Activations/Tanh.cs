using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>tanh(x), within 6 ulp. Hugging Face: <c>tanh</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Tanh : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => Elementary.Tanh(x);
}
