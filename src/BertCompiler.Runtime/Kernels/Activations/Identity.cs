using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x. Hugging Face: <c>linear</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Identity : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => x;
}
