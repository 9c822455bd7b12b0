using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>max(0, x)². Hugging Face: <c>relu2</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SquaredRelu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x)
    {
        T positive = T.SelectLess(x, T.Broadcast(0f), T.Broadcast(0f), x);
        return positive * positive;
    }
}
