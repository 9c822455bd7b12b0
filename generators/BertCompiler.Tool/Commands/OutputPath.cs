using System.Buffers.Binary;
using System.Text.Json;

namespace BertCompiler.Tool.Commands;

/// <summary>What <c>--output FILE</c> may replace: a result of the same kind from an earlier run, and never what somebody else made.</summary>
internal static class OutputPath
{
    // A header of results is short; what claims more is something else.
    private const int LongestHeader = 64 << 20;

    /// <summary>Refuses a path that cannot or should not be written; before any work is done for it.</summary>
    /// <param name="path">The safetensors file that is going to be written.</param>
    /// <param name="isResult">Whether a tensor of that name is one that the command writes.</param>
    /// <exception cref="CommandException">It is a folder, a device, or a file of another kind.</exception>
    public static void CheckTensors(string path, Func<string, bool> isResult)
    {
        Check(path);
        if (!File.Exists(path) || new FileInfo(path).Length == 0 || HoldsOnly(path, isResult)) return;
        throw new CommandException($"--output {path}: the file there is not a result of this command, and would be lost; name another file, or remove it first", isUsage: true);
    }

    /// <summary>Refuses a path where no file can be put.</summary>
    /// <exception cref="CommandException">It is a folder or a device, or its folder is missing.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path)) throw new CommandException($"--output {path}: a file is wanted, not a folder", isUsage: true);
        if (FileKinds.IsSpecial(path)) throw new CommandException($"--output {path}: a file is wanted, not a pipe or device: the file appears when all is written", isUsage: true);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new CommandException($"--output {path}: there is no folder {folder}", isUsage: true);
    }

    private static bool HoldsOnly(string path, Func<string, bool> isResult)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[sizeof(long)];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length) return false;
        long length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length is < 2 or > LongestHeader || length > file.Length - start.Length) return false;
        byte[] header = new byte[length];
        file.ReadExactly(header);
        try
        {
            using JsonDocument document = JsonDocument.Parse(header);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().All(tensor => isResult(tensor.Name));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
