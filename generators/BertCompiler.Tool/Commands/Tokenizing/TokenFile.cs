using System.Buffers;
using System.Buffers.Binary;

namespace BertCompiler.Tool.Commands.Tokenizing;

/// <summary>Knows what <c>bertc tokenize</c> writes, by its beginning.</summary>
internal static class TokenFile
{
    private const int BytesLookedAt = 4096;

    private static readonly SearchValues<byte> Numbers = SearchValues.Create("0123456789 \n"u8);

    /// <summary>How a line of JSON begins that a text, texts, or a line that was not understood gets.</summary>
    private static readonly string[] Lines = ["{\"ids\":[", "{\"encodings\":[", "{\"error\":\""];

    /// <summary>Whether the file may be replaced: it is not there, empty, or an earlier result.</summary>
    public static bool MayReplace(string path)
    {
        if (!File.Exists(path)) return true;
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[Math.Min(BytesLookedAt, file.Length)];
        file.ReadExactly(start);
        return start.AsSpan().IndexOfAnyExcept(Numbers) < 0
            || Array.Exists(Lines, line => start.AsSpan().StartsWith(System.Text.Encoding.UTF8.GetBytes(line)))
            || AreRecords(start, file.Length);
    }

    /// <summary>Whether numbers of ids, each with that many ids behind it, fill the file; as far as it was read.</summary>
    private static bool AreRecords(ReadOnlySpan<byte> start, long length)
    {
        long at = 0;
        while (at + sizeof(int) <= start.Length)
        {
            int count = BinaryPrimitives.ReadInt32LittleEndian(start[(int)at..]);
            if (count < 0) return false;
            at += (count + 1L) * sizeof(int);
            if (at > length) return false;
        }

        return at == length || (at + sizeof(int) > BytesLookedAt && at <= length);
    }
}
