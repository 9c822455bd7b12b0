using System.Security.Cryptography;
using System.Text;

namespace SemanticSearch.Texts;

/// <summary>Reads files that may be anything: bounded, and never failing on what is in them.</summary>
internal static class TextFileReader
{
    /// <summary>Larger files are passed over.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int BytesLookedAt = 8 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file as text; null where it is none, with the reason given to <paramref name="warn"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warn">Takes one sentence for each thing that is wrong with the file.</param>
    public static TextFile? Read(string path, Action<string> warn)
    {
        try
        {
            if (FileKinds.IsSpecial(path))
            {
                warn($"{path}: passed over: a pipe, socket or device, not a file");
                return null;
            }

            using FileStream stream = File.OpenRead(path);
            byte[]? bytes = ReadBounded(stream);
            if (bytes is null)
            {
                warn($"{path}: passed over: larger than {MaxBytes >> 20} MB");
                return null;
            }

            if (Decode(bytes, path, warn) is not { } text) return null;
            return new TextFile(path, SHA256.HashData(bytes), text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"{path}: passed over: cannot be read: {e.Message}");
            return null;
        }
    }

    // The length of a file that grows is known only at its end.
    private static byte[]? ReadBounded(FileStream stream)
    {
        if (stream.CanSeek && stream.Length > MaxBytes) return null;
        using var memory = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (memory.Length + read > MaxBytes) return null;
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static string? Decode(byte[] bytes, string path, Action<string> warn)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        if (bytes.AsSpan(0, Math.Min(bytes.Length, BytesLookedAt)).Contains((byte)0))
        {
            warn($"{path}: passed over: a binary file");
            return null;
        }

        ReadOnlySpan<byte> content = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            warn($"{path}: not valid UTF-8: read with � for what could not be understood");
            return Encoding.UTF8.GetString(content);
        }
    }
}
