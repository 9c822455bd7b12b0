using System.Runtime.InteropServices;

namespace BertCompiler.Weights;

/// <summary>Asks Linux to map the pages of a range at once: 700 page faults in a row take longer than the first embedding itself.</summary>
internal static partial class PageAdvice
{
    private const int PageBytes = 4096;
    private const int PopulateRead = 22; // MADV_POPULATE_READ, Linux 5.14; older kernels refuse it, and nothing is lost

    /// <summary>Maps a range of mapped memory; elsewhere than on Linux, and where the range begins inside a page, does nothing.</summary>
    public static void Populate(nint start, long bytes)
    {
        if (!OperatingSystem.IsLinux() || start % PageBytes != 0) return;
        try
        {
            _ = Advise(start, (nuint)bytes, PopulateRead);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library: pages come in when they are touched.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
