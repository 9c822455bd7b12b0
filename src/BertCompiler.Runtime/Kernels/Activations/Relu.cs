using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>max(0, x). Hugging Face: <c>relu</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => T.SelectLess(x, T.Broadcast(0f), T.Broadcast(0f), x);
}
