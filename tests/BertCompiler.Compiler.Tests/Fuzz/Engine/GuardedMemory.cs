using System.Runtime.InteropServices;

namespace BertCompiler.Compiler.Tests.Fuzz.Engine;

/// <summary>
/// Memory that ends where the next page must not be read: on Linux, reading outside ends the process. Elsewhere plain memory.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int Page = 4096;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private byte* _start;
    private nint _bytes;

    /// <summary>Copies bytes so that they end at the guard, but for what alignment needs.</summary>
    /// <returns>Their address; it holds until the next call.</returns>
    public nint Place(ReadOnlySpan<byte> bytes, int alignment = 64)
    {
        int needed = (bytes.Length + alignment + Page - 1) / Page * Page;
        if (needed > _bytes) Grow(Math.Max(needed, 16 * Page));
        byte* place = (byte*)((nint)(_start + _bytes - bytes.Length) & -alignment);
        new Span<byte>(place, (int)(_start + _bytes - place)).Fill(0xCD);
        bytes.CopyTo(new Span<byte>(place, bytes.Length));
        return (nint)place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start == null) return;
        if (OperatingSystem.IsLinux()) _ = Unmap(_start - Page, _bytes + (2 * Page));
        else NativeMemory.AlignedFree(_start);
        _start = null;
        _bytes = 0;
    }

    private void Grow(nint bytes)
    {
        Dispose();
        if (OperatingSystem.IsLinux())
        {
            byte* all = Map(null, bytes + (2 * Page), 0, PrivateAnonymous, -1, 0);
            if ((nint)all == -1 || Protect(all + Page, bytes, ReadWrite) != 0) throw new InvalidOperationException("no memory with guards");
            _start = all + Page;
        }
        else
        {
            _start = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Page);
        }

        _bytes = bytes;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nint length);
}
