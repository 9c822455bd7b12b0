using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x·min(max(0, x+3), 6)/6 (Howard et al. 2019, §5.2). Hugging Face: <c>hardswish</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSwish : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T IActivation.Apply<T>(T x) => x * Relu6.Clip(x + T.Broadcast(3f)) / T.Broadcast(6f);
}
