using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Commands;

/// <summary>The standard output. A pipe whose reader has gone ends the work; <see cref="Console"/> would pass over it and let the work go on for nobody.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Makes <see cref="Console.Out"/> notice too.</summary>
    public static void NoticeClosedPipes()
    {
        if (OpenPipe() is { } pipe) Console.SetOut(TextWriter.Synchronized(new StreamWriter(pipe, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }));
    }

    /// <summary>Opens it; closing the stream leaves the output itself open.</summary>
    /// <remarks>Its writes throw <see cref="ClosedOutputException"/> once nobody reads any more.</remarks>
    public static Stream Open() => OpenPipe() is { } pipe ? pipe : Console.OpenStandardOutput();

    // A file is left to the console: it shares the place in the file with the error stream, which may go to the same one.
    private static PipeStream? OpenPipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return null;
        var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? null : new PipeStream(stream);
    }
}
