using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>min(max(0, x), 6). Hugging Face: <c>relu6</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Relu6 : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => Clip(x);

    /// <summary>The same, for functions that are made of it.</summary>
    internal static T Clip<T>(T x) where T : struct, ILanes<T> =>
        T.SelectLess(x, T.Broadcast(0f), T.Broadcast(0f), T.SelectLess(T.Broadcast(6f), x, T.Broadcast(6f), x));
}
