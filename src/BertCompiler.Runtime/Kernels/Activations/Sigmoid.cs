using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>1/(1+e^−x), within 4 ulp. Hugging Face: <c>sigmoid</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => Elementary.Logistic(x);
}
