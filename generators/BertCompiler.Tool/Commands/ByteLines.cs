namespace BertCompiler.Tool.Commands;

/// <summary>The lines of a stream as bytes, without their line ends.</summary>
internal static class ByteLines
{
    private const int ChunkLength = 1 << 16;

    public static IEnumerable<byte[]> Read(Stream stream)
    {
        var chunk = new byte[ChunkLength];
        var line = new MemoryStream();
        int count;
        while ((count = stream.Read(chunk)) > 0)
        {
            for (int start = 0; start < count;)
            {
                int end = Array.IndexOf(chunk, (byte)'\n', start, count - start);
                int stop = end < 0 ? count : end;
                line.Write(chunk, start, stop - start);
                start = stop + 1;
                if (end < 0) break;
                yield return TakeLine(line);
            }
        }

        if (line.Length > 0) yield return TakeLine(line);
    }

    private static byte[] TakeLine(MemoryStream line)
    {
        ReadOnlySpan<byte> bytes = line.GetBuffer().AsSpan(0, (int)line.Length);
        byte[] result = (bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes).ToArray();
        line.SetLength(0);
        return result;
    }
}
