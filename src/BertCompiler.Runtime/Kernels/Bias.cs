using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>x·W + b.</summary>
/// <param name="bias">b, [N].</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Bias(PackedVector bias) : IEpilogue
{
    private readonly float* _bias = bias.Values;
    private readonly int _length = bias.Length;

    void IEpilogue.Check(int rows, int outputs) => Shape.RequireEqual(_length, outputs, "bias");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IEpilogue.Finish<T>(T sum, int row, int column) => sum + T.Load(_bias + column);
}
