using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Freshness;
using Microsoft.Win32.SafeHandles;

namespace BertCompiler.Tool.Importers;

/// <summary>
/// Opens and reads files of a model folder: every importer does it here, so that an import knows what it depends on (<see cref="OpenedFiles"/>).
/// What goes wrong is an <see cref="ImportException"/> that names the file.
/// </summary>
internal static class ModelFile
{
    private static ReadOnlySpan<byte> LfsSignature => "version https://git-lfs.github.com/spec/"u8;

    /// <summary>Reads a whole file of at most <paramref name="mostBytes"/> bytes.</summary>
    public static byte[] ReadAll(string path, ProblemKind kind, int mostBytes)
    {
        using SafeFileHandle handle = Open(path, kind);
        long length = RandomAccess.GetLength(handle);
        if (length > mostBytes) throw new ImportException(kind, path, $"{Path.GetFileName(path)} has {length} bytes; at most {mostBytes} are read");
        var bytes = new byte[length];
        Read(handle, bytes, 0, path);
        RefuseLfsPointer(bytes, path);
        return bytes;
    }

    /// <summary>Opens a file for reading.</summary>
    public static SafeFileHandle Open(string path, ProblemKind kind)
    {
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            OpenedFiles.Note(path, handle);
            return handle;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException(kind, path, $"{Path.GetFileName(path)} cannot be opened: {e.Message}");
        }
    }

    /// <summary>Fills <paramref name="destination"/> from byte <paramref name="offset"/>.</summary>
    public static void Read(SafeFileHandle handle, Span<byte> destination, long offset, string path)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int n = RandomAccess.Read(handle, destination, offset);
                if (n == 0) throw new ImportException(ProblemKinds.FileTruncated, path, $"{Path.GetFileName(path)} ended at byte {offset} while it was read");
                destination = destination[n..];
                offset += n;
            }
        }
        catch (IOException e)
        {
            throw new ImportException(ProblemKinds.FileTruncated, path, $"{Path.GetFileName(path)} cannot be read at byte {offset}: {e.Message}");
        }
    }

    /// <summary>Refuses the small text that Git leaves where Git LFS has not fetched the file.</summary>
    public static void RefuseLfsPointer(ReadOnlySpan<byte> beginning, string path)
    {
        if (!beginning.StartsWith(LfsSignature)) return;
        throw new ImportException(ProblemKinds.LfsPointer, path, $"{Path.GetFileName(path)} is a Git LFS pointer, not the file itself: run 'git lfs pull' in the model's repository");
    }
}
