using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x where x ≥ 0, else 0.01·x (Maas, Hannun and Ng 2013). PyTorch: <c>LeakyReLU</c> with its default slope.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyRelu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => T.SelectLess(x, T.Broadcast(0f), T.Broadcast(0.01f) * x, x);
}
