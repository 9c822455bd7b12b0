using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Runtime.InteropServices;

namespace BertCompiler.Weights;

/// <summary>
/// The memory of a packed file, and how many calls are reading it. Closing it refuses new readers; it is given back when the last one has left.
/// Nobody needs to close it: it goes when nothing refers to it any more.
/// </summary>
/// <remarks>
/// A <see cref="SafeHandle"/> is exactly this counter: whoever reads adds a reference, and closing drops the owner's. So an address that was
/// taken inside <see cref="TryEnter"/> and <see cref="Leave"/> stays valid whatever other threads, or the finalizer, do meanwhile.
/// </remarks>
internal sealed unsafe class PackedMemory : SafeHandle
{
    private readonly MemoryMappedViewAccessor? _view;
    private readonly void* _copy;
    private readonly Assembly? _assembly;
    private volatile bool _refuses;

    /// <summary>Memory that is not ours to give back: linked into the program, or the caller's.</summary>
    public PackedMemory() : base(0, ownsHandle: true) => SetHandle(1);

    /// <summary>Memory of a mapped file.</summary>
    public PackedMemory(MemoryMappedViewAccessor view) : this() => _view = view;

    /// <summary>Memory of a resource, which lasts as long as its assembly, or a copy of it made by <see cref="NativeMemory.AlignedAlloc"/>.</summary>
    public PackedMemory(Assembly assembly, void* copy) : this()
    {
        _assembly = assembly;
        _copy = copy;
    }

    /// <summary>Never: the handle's value means nothing here.</summary>
    public override bool IsInvalid => false;

    /// <summary>Whether the memory was not given back yet.</summary>
    internal bool IsMapped { get; private set; } = true;

    /// <summary>Begins to read. False where the memory was closed; otherwise <see cref="Leave"/> must follow.</summary>
    public bool TryEnter()
    {
        if (_refuses) return false;
        bool entered = false;
        try
        {
            DangerousAddRef(ref entered);
        }
        catch (ObjectDisposedException)
        {
            // Closed since the line above; the caller names the object that its user knows.
        }

        return entered;
    }

    /// <summary>Ends reading; the last reader of closed memory gives it back.</summary>
    public void Leave() => DangerousRelease();

    /// <summary>A SafeHandle takes new references until the last one has gone, which readers that overlap could put off for ever.</summary>
    protected override void Dispose(bool disposing)
    {
        _refuses = true;
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        NativeMemory.AlignedFree(_copy);
        GC.KeepAlive(_assembly);
        IsMapped = false;
        return true;
    }
}
