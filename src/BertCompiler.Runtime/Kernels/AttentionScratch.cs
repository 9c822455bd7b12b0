namespace BertCompiler.Kernels;

/// <summary>
/// Memory that attention works in, for each thread: one head's K and V in panels, and the scores of a tile of rows. Grows to what the longest
/// sequence needs and is then reused. One for each call that runs at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AttentionScratch : IDisposable
{
    private readonly NativeBuffer _threads = new();
    private readonly NativeBuffer _probabilities = new();
    private readonly NativeBuffer _distances = new();

    /// <summary>Bytes held.</summary>
    public long Bytes => _threads.Bytes + _probabilities.Bytes + _distances.Bytes;

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        _probabilities.Dispose();
        _distances.Dispose();
    }

    /// <summary>Memory for each thread, with <paramref name="forDistances"/> floats for the distances.</summary>
    internal PerThread ForThreads(int threads, in AttentionCut cut, int headSize, long forDistances)
    {
        long each = AttentionMemory.FloatsFor(cut.Keys, cut.TileKeys, headSize) + ((forDistances + 31) & ~31L);
        return new PerThread(_threads.Floats((nuint)threads * (nuint)each), each);
    }

    /// <summary>Memory for the probabilities of one head, [n,n].</summary>
    internal Rows Probabilities(int length) => _probabilities.Rows(length, length);

    /// <summary>Memory for a number of each distance.</summary>
    internal int* Distances(int count) => (int*)_distances.Floats((nuint)count);

    /// <summary>Memory cut in equal parts, one a thread.</summary>
    internal readonly struct PerThread(float* start, long each)
    {
        private readonly float* _start = start;
        private readonly long _each = each;

        /// <summary>The part of a thread.</summary>
        public float* Of(int worker) => _start + (worker * _each);
    }
}
