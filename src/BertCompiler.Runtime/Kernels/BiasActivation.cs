using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>f(x·W + b).</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <param name="bias">b, [N].</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct BiasActivation<TActivation>(PackedVector bias) : IEpilogue
    where TActivation : struct, IActivation
{
    private readonly float* _bias = bias.Values;
    private readonly int _length = bias.Length;

    void IEpilogue.Check(int rows, int outputs) => Shape.RequireEqual(_length, outputs, "bias");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IEpilogue.Finish<T>(T sum, int row, int column) => TActivation.Apply(sum + T.Load(_bias + column));
}
