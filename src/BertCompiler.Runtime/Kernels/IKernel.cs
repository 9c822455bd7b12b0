namespace BertCompiler.Kernels;

/// <summary>
/// Work that a <see cref="Crew"/> does: items that may run in any order and at once, each writing memory of its own. A struct of pointers
/// and numbers, so that handing it to other threads allocates nothing.
/// </summary>
internal interface IKernel
{
    /// <summary>Does item <paramref name="item"/>; <paramref name="worker"/> is the number of the thread, 0 … MaxThreads−1, for scratch memory.</summary>
    void Run<T>(int item, int worker) where T : struct, ILanes<T>;
}
