using BertCompiler.Kernels;

namespace BertCompiler.Runtime.Tests.Kernels;

/// <summary>Counts how often each item runs.</summary>
internal readonly unsafe struct CountingKernel(int* counts, int threads) : IKernel
{
    private readonly int* _counts = counts;
    private readonly int _threads = threads;

    public void Run<T>(int item, int worker) where T : struct, ILanes<T>
    {
        // A worker number out of range would be scratch memory out of range; it shows as a wrong count.
        if (worker >= 0 && worker < _threads) Interlocked.Increment(ref _counts[item]);
    }
}
