using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BertCompiler.Benchmarks.ColdStart;

/// <summary>Runs a program with nothing between the clock and the kernel: posix_spawn and waitpid. Its output goes to /dev/null.</summary>
internal static unsafe partial class ChildProcess
{
    /// <summary>More than the C libraries' structure takes.</summary>
    private const int FileActionsBytes = 256;

    private const int StandardOutput = 1;
    private const int WriteOnly = 1;

    /// <exception cref="InvalidOperationException">The program did not end with 0.</exception>
    public static void Run(string path)
    {
        byte* actions = stackalloc byte[FileActionsBytes];
        Check(InitFileActions(actions));
        Check(AddOpen(actions, StandardOutput, "/dev/null", WriteOnly, 0));
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        nint* arguments = stackalloc nint[2] { name, 0 };
        nint* environment = stackalloc nint[1] { 0 };
        Check(Spawn(out int process, path, actions, null, arguments, environment));
        int status;
        while (Wait(process, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != 4) throw new Win32Exception(); // EINTR
        }

        Check(DestroyFileActions(actions));
        Marshal.FreeCoTaskMem(name);
        if (status != 0) throw new InvalidOperationException($"{path} ended with the status {status}");
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

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options);
}
