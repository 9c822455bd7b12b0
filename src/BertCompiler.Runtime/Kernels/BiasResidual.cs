using System.Runtime.CompilerServices;

namespace BertCompiler.Kernels;

/// <summary>(x·W + b) + r, r being the row of the same index.</summary>
/// <param name="bias">b, [N].</param>
/// <param name="residual">r, [T,N]; may be the rows that the product is written to.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct BiasResidual(PackedVector bias, Rows residual) : IEpilogue
{
    private readonly float* _bias = bias.Values;
    private readonly int _length = bias.Length;
    private readonly Rows _residual = residual;

    void IEpilogue.Check(int rows, int outputs)
    {
        Shape.RequireEqual(_length, outputs, "bias");
        Shape.Require(_residual, rows, outputs, "residual");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IEpilogue.Finish<T>(T sum, int row, int column) =>
        sum + T.Load(_bias + column) + T.Load(_residual.Values + ((long)row * _residual.Stride) + column);
}
