using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>The exact GELU, clipped to −10 … 10. Hugging Face: <c>gelu_10</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Gelu10 : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => T.Min(T.Broadcast(10f), T.Max(T.Broadcast(-10f), Gelu<GeluErf, T>(x)));

    private static T Gelu<TActivation, T>(T x) where TActivation : struct, IActivation where T : struct, ILanes<T> => TActivation.Apply(x);
}
