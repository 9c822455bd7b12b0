namespace BertCompiler.Kernels;

/// <summary>
/// Memory that attention works in, for each thread: one head's K and V in panels, and the scores of a tile of rows. Grows to what the longest
/// sequence needs and is then reused. One for each call that runs at a time.
/// </summary>
public sealed unsafe class AttentionScratch : IDisposable
{
    private readonly NativeBuffer _threads = new();
    private readonly NativeBuffer _probabilities = new();

    /// <summary>Bytes held.</summary>
    public long Bytes => _threads.Bytes + _probabilities.Bytes;

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        _probabilities.Dispose();
    }

    /// <summary>Memory of <see cref="FloatsFor"/> floats for each thread.</summary>
    internal float* ForThreads(int threads, int longest, int headSize) => _threads.Floats((nuint)threads * (nuint)FloatsFor(longest, headSize));

    /// <summary>Memory for the probabilities of one head, [n,n].</summary>
    internal Rows Probabilities(int length) => _probabilities.Rows(length, length);

    /// <summary>Floats that a thread needs: panels of K and of V, scores, a tile of results.</summary>
    internal static long FloatsFor(int longest, int headSize)
    {
        long length = Rows.StrideFor(longest);
        return (length * headSize) + (longest * (long)Rows.StrideFor(headSize)) + (TileRows.Most * (length + PackedMatrix.PanelWidth));
    }
}
