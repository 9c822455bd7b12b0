using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BertCompiler.Benchmarks.ColdStart;

/// <summary>Runs a program with nothing between the clock and the kernel: posix_spawn and wait4. Its output goes to /dev/null.</summary>
internal static unsafe partial class ChildProcess
{
    /// <summary>More than the C libraries' structure takes.</summary>
    private const int FileActionsBytes = 256;

    /// <summary>Numbers of the kernel's structure rusage on 64-bit Linux.</summary>
    private const int UsageNumbers = 18;

    private const int StandardOutput = 1;
    private const int WriteOnly = 1;

    /// <summary>Runs it.</summary>
    /// <returns>Milliseconds of processor time that the kernel counts for it, loading it included.</returns>
    /// <exception cref="InvalidOperationException">The program did not end with 0.</exception>
    public static double Run(string path)
    {
        byte* actions = stackalloc byte[FileActionsBytes];
        Check(InitFileActions(actions));
        Check(AddOpen(actions, StandardOutput, "/dev/null", WriteOnly, 0));
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        nint* arguments = stackalloc nint[2] { name, 0 };
        nint* environment = stackalloc nint[1] { 0 };
        Check(Spawn(out int process, path, actions, null, arguments, environment));
        int status;
        long* usage = stackalloc long[UsageNumbers];
        while (Wait(process, &status, 0, usage) < 0)
        {
            if (Marshal.GetLastPInvokeError() != 4) throw new Win32Exception(); // EINTR
        }

        Check(DestroyFileActions(actions));
        Marshal.FreeCoTaskMem(name);
        if (status != 0) throw new InvalidOperationException($"{path} ended with the status {status}");
        return ((usage[0] + usage[2]) * 1000) + ((usage[1] + usage[3]) / 1000.0); // user and system, each in seconds and microseconds
    }

    private static void Check(int error)
    {
        if (error != 0) throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitFileActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyFileActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int process, string path, byte* actions, void* attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options, long* usage);
}
