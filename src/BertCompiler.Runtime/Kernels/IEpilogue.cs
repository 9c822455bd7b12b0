namespace BertCompiler.Kernels;

/// <summary>How an element of a matrix product is finished before it is written. A type argument, so that it is compiled into the kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue
{
    /// <summary>Throws unless the epilogue's operands fit a product of that shape.</summary>
    /// <exception cref="ArgumentException">A length or a shape differs.</exception>
    internal void Check(int rows, int outputs);

    /// <summary>Finishes the sums of sixteen outputs, <paramref name="column"/> being the first, of row <paramref name="row"/>.</summary>
    internal T Finish<T>(T sum, int row, int column) where T : struct, ILanes<T>;
}
