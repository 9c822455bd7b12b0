using System.Formats.Tar;

namespace SemanticSearch.Texts;

/// <summary>Tells files from pipes, sockets and devices, without opening them: opening a pipe waits for somebody at its other end.</summary>
internal static class FileKinds
{
    // Where the type of an entry stands in a header of a tar file.
    private const int TypeOffset = 156;

    /// <summary>Whether there is something at the path, behind all links, that is neither a folder nor a regular file.</summary>
    /// <exception cref="IOException">The path leads nowhere.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static bool IsSpecial(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return false;
        FileSystemInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);

        // Such as /dev/stdin, a link to something that has no name.
        if (!file.Exists) return true;

        // Pipes, sockets and devices have no length; /proc has regular files without one.
        return file is FileInfo { Length: 0 } && !IsRegular(file.FullName);
    }

    // .NET tells the kind of a file nowhere but in the entry that a tar file would have for it. Of an empty file that is all there is.
    private static bool IsRegular(string path)
    {
        using var header = new MemoryStream();
        try
        {
            using var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true);
            writer.WriteEntry(path, "x");
        }
        catch (IOException)
        {
            // A socket: there is no such entry.
            return false;
        }

        return header.GetBuffer()[TypeOffset] == (byte)TarEntryType.RegularFile;
    }
}
