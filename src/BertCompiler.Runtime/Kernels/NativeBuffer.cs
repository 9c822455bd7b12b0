using System.Runtime.InteropServices;

namespace BertCompiler.Kernels;

/// <summary>Native memory for activations: starts on a 64-byte border, filled with zeros, grows and never shrinks. Not safe for several threads at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class NativeBuffer : IDisposable
{
    private float* _values;
    private nuint _capacity;
    private bool _disposed;

    /// <summary>Frees the memory of a buffer that nobody disposed of.</summary>
    ~NativeBuffer() => Free();

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)(_capacity * sizeof(float));

    /// <summary>
    /// <paramref name="count"/> rows of <paramref name="columns"/> floats at the start of the buffer. What was handed out before is void if
    /// the buffer has to grow for it; the new memory is zeros.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public Rows Rows(int count, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int stride = Kernels.Rows.StrideFor(columns);
        return new Rows(Floats((nuint)count * (nuint)stride), count, columns, stride);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _disposed = true;
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>At least <paramref name="count"/> floats.</summary>
    internal float* Floats(nuint count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (count <= _capacity && _values != null) return _values;
        nuint bytes = checked(((Math.Max(count, 32) * sizeof(float)) + 63) & ~(nuint)63);
        Free();
        _values = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_values, bytes);
        _capacity = bytes / sizeof(float);
        return _values;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_values);
        _values = null;
        _capacity = 0;
    }
}
