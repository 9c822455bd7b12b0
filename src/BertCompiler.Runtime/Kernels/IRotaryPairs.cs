namespace BertCompiler.Kernels;

/// <summary>Which columns of a head are rotated together. A type argument, so that it is compiled into the kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRotaryPairs
{
    /// <summary>Rotates the D columns of one head.</summary>
    /// <param name="x">The head's columns, [D].</param>
    /// <param name="angles">Sines, then cosines, [D]; room for whole groups of 32.</param>
    /// <param name="half">D/2, the number of pairs.</param>
    /// <param name="readable">Floats that may be read from <paramref name="x"/> on, at least D.</param>
    internal static abstract unsafe void Rotate<T>(float* x, float* angles, int half, long readable) where T : struct, ILanes<T>;
}
