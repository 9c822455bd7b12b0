namespace BertCompiler.Kernels;

/// <summary>An activation function, applied to each element of a matrix product. A type argument, so that it is compiled into the kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary>The function on sixteen lanes.</summary>
    internal static abstract T Apply<T>(T x) where T : struct, ILanes<T>;
}
