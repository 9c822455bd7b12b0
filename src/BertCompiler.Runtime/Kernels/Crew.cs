using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertCompiler.Kernels;

/// <summary>
/// The threads that kernels run on: the caller's own and up to <see cref="MaxThreads"/> − 1 workers, which start with the first work that is
/// worth sharing, spin for a moment after it and then sleep. They are background threads.
/// </summary>
/// <remarks>
/// Several callers may use one crew at once: while it works for one, the others do their own work on their own thread. Results have the
/// same bits whatever the number of threads. Nothing is allocated after the workers have started.
/// </remarks>
public sealed unsafe class Crew : IDisposable
{
    /// <summary>The environment variable that bounds the threads of <see cref="Shared"/>.</summary>
    public const string Variable = "BERTCOMPILER_MAX_THREADS";

    private const int MostThreads = 1024;
    private const int Open = 1 << 30;
    private const int SpinsBeforeSleep = 2000;

    private static readonly EnvironmentSetting<Crew> _shared = new(Variable, text => new Crew(Parse(text)));

    private readonly Lock _starting = new();
    private readonly SemaphoreSlim _wake = new(0);
    private bool _started;
    private int _busy;
    private int _sleeping;
    private volatile bool _disposed;

    // The job. Written by the caller while the gate is closed.
    private delegate*<void*, int, int, void> _run;
    private void* _kernel;
    private int _items;
    private int _next;
    private ExceptionDispatchInfo? _fault;
    private CancellationToken _cancellation;

    // Counts jobs; a worker joins each at most once.
    private volatile int _job;

    // Open while a job can be joined, plus the number of workers that have joined and not left.
    private volatile int _gate;

    /// <summary>A crew of its own.</summary>
    /// <param name="maxThreads">Threads that work at once, the caller's included; 1: everything on the calling thread.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 1024.</exception>
    public Crew(int maxThreads) : this(maxThreads, SimdSupport.Current)
    {
    }

    /// <summary>A crew that runs kernels with registers of a stated width.</summary>
    internal Crew(int maxThreads, SimdWidth width)
    {
        CheckThreads(maxThreads, nameof(maxThreads));
        MaxThreads = maxThreads;
        Width = width;
    }

    /// <summary>
    /// The crew of the process. Its threads: the CPUs that the process may use (affinity and cgroup respected), or what the environment
    /// variable <c>BERTCOMPILER_MAX_THREADS</c> says when it is first used. <see cref="Dispose"/> leaves it as it is.
    /// </summary>
    /// <exception cref="EnvironmentVariableException">The variable holds no whole number from 1 to 1024.</exception>
    public static Crew Shared => _shared.Value;

    /// <summary>Threads that work at once, the caller's included.</summary>
    public int MaxThreads { get; }

    /// <summary>
    /// The instructions that kernels use, for logs: <c>AVX-512</c>, <c>AVX2 and FMA</c>, <c>NEON</c>; <c>SSE without FMA</c> on an x86 CPU
    /// without AVX2, where each fused multiply-add is computed in software for the sake of the same bits, some 20 times slower than with AVX2.
    /// </summary>
    public string InstructionSet => SimdSupport.Describe(Width);

    /// <summary>The register width of the kernels.</summary>
    internal SimdWidth Width { get; }

    /// <summary>Whether the workers were told to end.</summary>
    internal bool IsDisposed => _disposed;

    /// <summary>For people: <c>2 threads</c>.</summary>
    public override string ToString() => Printed.Count(MaxThreads, "thread");

    /// <summary>Ends the workers, once they are done. The crew then works on the calling thread only.</summary>
    public void Dispose()
    {
        if (ReferenceEquals(this, _shared.Known)) return;
        lock (_starting)
        {
            if (_disposed) return;
            _disposed = true;
            if (_started) _wake.Release(MaxThreads - 1);
        }
    }

    /// <summary>Runs items 0 … <paramref name="items"/> − 1 of a kernel and returns when all are done.</summary>
    /// <param name="kernel">The work: a local variable of the caller, so that it stays where it is; without references.</param>
    /// <param name="items">How many pieces it has.</param>
    /// <param name="worthSharing">Whether it is long enough (some ten microseconds) that waking others pays.</param>
    /// <param name="cancellation">Looked at before each item.</param>
    /// <exception cref="OperationCanceledException">Cancelled: some items were done and others not.</exception>
    internal void Run<TKernel>(ref TKernel kernel, int items, bool worthSharing, CancellationToken cancellation = default) where TKernel : struct, IKernel
    {
        delegate*<void*, int, int, void> run = Entry<TKernel>(Width);
        void* pointer = Unsafe.AsPointer(ref kernel);
        bool share = worthSharing && items > 1 && MaxThreads > 1 && !_disposed;
        if (share && Interlocked.CompareExchange(ref _busy, 1, 0) == 0)
        {
            ExceptionDispatchInfo? fault = Share(run, pointer, items, cancellation);
            Volatile.Write(ref _busy, 0);
            fault?.Throw();
            return;
        }

        for (int i = 0; i < items; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            run(pointer, i, 0);
        }
    }

    internal static int Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Environment.ProcessorCount;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MostThreads
            ? threads
            : throw new EnvironmentVariableException(Variable, text, $"expected a whole number from 1 to {MostThreads}");
    }

    internal static void CheckThreads(int threads, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, argument);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MostThreads, argument);
    }

    // Written out, not asked of SimdSupport: NativeAOT then knows which widths do not exist and leaves their code out.
    private static delegate*<void*, int, int, void> Entry<TKernel>(SimdWidth width) where TKernel : struct, IKernel
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported && width == SimdWidth.Vector512) return &Invoke<TKernel, Lanes512>;
        if (Avx2.IsSupported && Fma.IsSupported && width == SimdWidth.Vector256) return &Invoke<TKernel, Lanes256>;
        if (Vector128.IsHardwareAccelerated && width == SimdWidth.Vector128) return &Invoke<TKernel, Lanes128>;
        return &Invoke<TKernel, LanesScalar>;
    }

    private static void Invoke<TKernel, T>(void* kernel, int item, int worker)
        where TKernel : struct, IKernel
        where T : struct, ILanes<T> => Unsafe.AsRef<TKernel>(kernel).Run<T>(item, worker);

    /// <summary>Runs a job with all threads; gives the first exception that one of them met, once none works on it any more.</summary>
    private ExceptionDispatchInfo? Share(delegate*<void*, int, int, void> run, void* kernel, int items, CancellationToken cancellation)
    {
        Start();
        _run = run;
        _kernel = kernel;
        _items = items;
        _next = 0;
        _cancellation = cancellation;
        _job++;
        Interlocked.Exchange(ref _gate, Open);
        int wanted = Math.Min(items, MaxThreads) - 1;
        int asleep = Math.Min(wanted, Volatile.Read(ref _sleeping));
        if (asleep > 0) _wake.Release(asleep);
        Work(0);
        Interlocked.Add(ref _gate, -Open);
        SpinWait spin = default;
        while (_gate != 0) spin.SpinOnce(sleep1Threshold: -1);
        return Interlocked.Exchange(ref _fault, null);
    }

    private void Work(int worker)
    {
        delegate*<void*, int, int, void> run = _run;
        void* kernel = _kernel;
        int items = _items;
        CancellationToken cancellation = _cancellation;
        try
        {
            for (int i = Interlocked.Increment(ref _next) - 1; i < items; i = Interlocked.Increment(ref _next) - 1)
            {
                cancellation.ThrowIfCancellationRequested();
                run(kernel, i, worker);
            }
        }
        catch (Exception e)
        {
            // It belongs to the caller: on a worker's thread it would end the process, and the caller may not leave while others use its kernel.
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(e), null);
            Volatile.Write(ref _next, items);
        }
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_started || _disposed) return;
            for (int i = 1; i < MaxThreads; i++)
            {
                int worker = i;
                new Thread(() => Attend(worker), 256 * 1024) { IsBackground = true, Name = "BertCompiler crew" }.Start();
            }

            _started = true;
        }
    }

    private void Attend(int worker)
    {
        int done = 0;
        int spins = 0;
        while (!_disposed)
        {
            int gate = _gate;
            int job = _job;
            if ((gate & Open) == 0 || job == done)
            {
                if (++spins < SpinsBeforeSleep) Thread.SpinWait(8);
                else Sleep(ref spins, done);
                continue;
            }

            // Joining succeeds only on the gate that was seen, so the job's fields are those of an open job.
            if (Interlocked.CompareExchange(ref _gate, gate + 1, gate) != gate) continue;
            done = _job;
            Work(worker);
            Interlocked.Decrement(ref _gate);
            spins = 0;
        }
    }

    private void Sleep(ref int spins, int done)
    {
        Interlocked.Increment(ref _sleeping);

        // A job that opened before this thread counted as sleeping did not wake it.
        if (((_gate & Open) == 0 || _job == done) && !_disposed) _wake.Wait();
        Interlocked.Decrement(ref _sleeping);
        spins = 0;
    }
}
